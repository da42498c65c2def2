using System.Text.Json;

namespace NeedleBench.Harness.Verification;

/// <summary>
/// Reads recorded answers: JSONL with one <c>{query, tools, …}</c> a line, or one JSON object with an <c>examples</c> list of
/// such. <c>tools</c> is a list or its JSON text. What is expected stands in <c>output_ids</c> (as generated, end token
/// included; without one the list was cut), in <c>expected_token_ids</c> (a whole answer without its end token), in
/// <c>output_text</c> or in <c>expected_text</c>; ids are compared where there are any.
/// </summary>
public static class VectorFile
{
    const string Mend = "Each vector is {\"query\":…,\"tools\":…,\"output_ids\":[…]} or has expected_token_ids, output_text or expected_text.";

    /// <param name="endId">The model's end token, by which cut lists are told from whole ones.</param>
    /// <exception cref="InputException">The file is missing, or a vector cannot be read.</exception>
    public static IReadOnlyList<AnswerVector> Read(string file, int endId = 1)
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the vectors cannot be read ({e.Message.TrimEnd('.')})", "Name a file of recorded answers.", file, inner: e);
        }

        var vectors = Whole(text) is { } root && root.ValueKind == JsonValueKind.Object && root.TryGetProperty("examples", out var examples)
            && examples.ValueKind == JsonValueKind.Array
            ? [.. examples.EnumerateArray().Select(v => Parse(v, file, line: null, endId))]
            : ReadLines(text, file, endId).ToList();
        return vectors.Count > 0 ? vectors : throw new InputException("the file holds no vectors", Mend, file);
    }

    static JsonElement? Whole(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null; // more than one line: JSONL
        }
    }

    static IEnumerable<AnswerVector> ReadLines(string text, string file, int endId)
    {
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            JsonElement vector;
            try
            {
                vector = JsonElement.Parse(line);
            }
            catch (JsonException e)
            {
                throw new InputException($"the line is not JSON ({e.Message.TrimEnd('.')})", Mend, file, number, e);
            }

            yield return Parse(vector, file, number, endId);
        }
    }

    static AnswerVector Parse(JsonElement vector, string file, int? line, int endId)
    {
        if (vector.ValueKind != JsonValueKind.Object || Text(vector, "query") is not { } query || !vector.TryGetProperty("tools", out var tools))
        {
            throw new InputException("a vector lacks its query or its tools", Mend, file, line);
        }

        var definitions = tools.ValueKind == JsonValueKind.String
            ? ToolDefinitionJson.ParseList(tools.GetString()!, file, line)
            : ToolDefinitionJson.ParseList(tools, file, line);
        var generated = Ids(vector, "output_ids", file, line);
        var answer = Ids(vector, "expected_token_ids", file, line);
        var text = Text(vector, "output_text") ?? Text(vector, "expected_text");
        if (generated is null && answer is null && text is null)
        {
            throw new InputException("a vector says nothing of what is expected", Mend, file, line);
        }

        return answer is not null
            ? new AnswerVector(new ToolCallRequest(query, definitions), answer, IdsAreWhole: true, text, line)
            : new AnswerVector(
                new ToolCallRequest(query, definitions),
                generated is [.., var last] && last == endId ? generated[..^1] : generated,
                IdsAreWhole: generated is null || (generated.Length > 0 && generated[^1] == endId),
                text,
                line);
    }

    static string? Text(JsonElement vector, string name) =>
        vector.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static int[]? Ids(JsonElement vector, string name, string file, int? line)
    {
        if (!vector.TryGetProperty(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.Number && v.TryGetInt32(out _))
            ? [.. value.EnumerateArray().Select(v => v.GetInt32())]
            : throw new InputException($"'{name}' is no list of whole numbers", Mend, file, line);
    }
}
