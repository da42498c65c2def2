using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NeedleBench.San.Prompting;

namespace NeedleBench.Training.Synthesis;

/// <summary>
/// Needle's data files: one object a line, <c>{"query":"…","tools":"[…]","answers":"[…]"}</c>, the latter two as JSON text in a
/// string. Written are tool names in snake_case and parameters as the flat map, as Needle's authors write them; read is
/// every form of <see cref="ToolDefinitionJson"/>, and plain arrays in place of the strings.
/// </summary>
public static class NeedleJsonl
{
    const string Mend = "A line is {\"query\":\"…\",\"tools\":\"[…]\",\"answers\":\"[…]\"}.";

    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Writes a file; it appears whole or not at all.</summary>
    /// <exception cref="InputException">It cannot be written, or an example calls a tool that it does not offer.</exception>
    public static void Write(string path, IEnumerable<SyntheticExample> examples)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(examples);
        AtomicFile.Write(path, stream =>
        {
            foreach (var example in examples)
            {
                stream.Write(Encoding.UTF8.GetBytes(Line(example)));
                stream.WriteByte((byte)'\n');
            }
        });
    }

    /// <summary>One example as a line, without its end.</summary>
    /// <exception cref="InputException">It calls a tool that it does not offer.</exception>
    public static string Line(SyntheticExample example) => AnnotatedLine(example);

    /// <summary>One example as a line, without its end, with further members behind the three. Readers pass over them.</summary>
    /// <exception cref="InputException">It calls a tool that it does not offer.</exception>
    public static string AnnotatedLine(SyntheticExample example, params ReadOnlySpan<(string Name, string Value)> notes)
    {
        ArgumentNullException.ThrowIfNull(example);
        var names = new ToolNames(example.Tools);
        var answer = new AnswerText(new TokenRoleWeights());
        answer.Write(example.Calls, [.. example.Calls.Select(call => names.Seen[IndexOf(call.Name, example.Tools)])]);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("query"u8, example.Query);
            writer.WriteString("tools"u8, ToolListText.Render(example.Tools, names));
            writer.WriteString("answers"u8, answer.ToString());
            foreach (var (name, value) in notes)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Reads a file, line by line as the examples are asked for. Empty lines are passed over.</summary>
    /// <exception cref="InputException">
    /// The file cannot be read, or a line is no example; thrown when that line is reached.
    /// </exception>
    public static IEnumerable<SyntheticExample> Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var reader = Open(path);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Parse(line, path, number);
            }
        }
    }

    static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path, Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the file cannot be read ({e.Message.TrimEnd('.')})",
                "Check the path and its permissions.", path, inner: e);
        }
    }

    /// <summary>Reads one line.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="path">The file, for errors.</param>
    /// <param name="number">The 1-based line, for errors.</param>
    /// <exception cref="InputException">The line is no example.</exception>
    public static SyntheticExample Parse(string line, string path, int number)
    {
        JsonElement root;
        string query;
        try
        {
            root = JsonElement.Parse(line, Strict);
            query = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("query", out var q)
                && q.ValueKind == JsonValueKind.String
                ? q.GetString()!
                : throw new InputException("the line has no 'query'", Mend, path, number);
        }
        catch (JsonException e)
        {
            throw new InputException($"not JSON ({e.Message.Split(" LineNumber:")[0].TrimEnd('.')})", Mend, path, number, e);
        }
        catch (InvalidOperationException e)
        {
            throw new InputException("a text here is not Unicode", "Write \\u escapes in whole pairs.", path, number, e);
        }

        var tools = ToolDefinitionJson.ParseList(Text(root, "tools", path, number), path, number);
        if (tools.GroupBy(tool => tool.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new InputException($"two tools are named '{twice.Key}'", "Give each tool a name of its own.", path, number);
        }

        if (!ToolCallJson.TryParse(Text(root, "answers", path, number), out var calls, out var failure))
        {
            throw new InputException($"'answers' is no list of calls ({failure.Detail})", Mend, path, number);
        }

        return new SyntheticExample(query, tools,
            [.. calls.Select(call => call with { Name = Offered(call.Name, tools, path, number) })]);
    }

    static string Text(JsonElement root, string name, string path, int number) =>
        !root.TryGetProperty(name, out var member) ? throw new InputException($"the line has no '{name}'", Mend, path, number)
        : member.ValueKind == JsonValueKind.String ? member.GetString()!
        : member.GetRawText();

    // Answers are in snake_case even where the tools are not.
    static string Offered(string name, IReadOnlyList<ToolDefinition> tools, string path, int number) =>
        (tools.FirstOrDefault(tool => tool.Name == name) ?? tools.FirstOrDefault(tool =>
            SnakeCaseName.From(tool.Name) == SnakeCaseName.From(name)))?.Name
        ?? throw new InputException($"the tool '{name}' is called but not offered", "Offer it, or let the answer be [].", path,
            number);

    static int IndexOf(string name, IReadOnlyList<ToolDefinition> tools)
    {
        for (var i = 0; i < tools.Count; i++)
        {
            if (tools[i].Name == name)
            {
                return i;
            }
        }

        throw new InputException($"the tool '{name}' is called but not offered", "Offer it, or let the answer be [].");
    }
}
