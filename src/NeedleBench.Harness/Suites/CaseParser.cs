using System.Text.Json;
using NeedleBench.Harness.Bfcl;

namespace NeedleBench.Harness.Suites;

/// <summary>Reads the cases of one file, resolving tool names in its suite's tools.</summary>
sealed class CaseParser(string file, IEnumerable<ToolDefinition> tools)
{
    static readonly string[] Required = ["id", "query", "tools", "expected", "style"];
    static readonly string[] Optional = ["tags", "lang", "bfcl"];
    static readonly string KeysMend = $"A case has {string.Join(", ", Required.Concat(Optional))}.";

    readonly Dictionary<string, ToolDefinition> _tools = tools.ToDictionary(tool => tool.Name, StringComparer.Ordinal);

    /// <exception cref="InputException">The object on this line is no case.</exception>
    public SuiteCase Parse(JsonElement line, int number)
    {
        if (line.ValueKind != JsonValueKind.Object)
        {
            throw Bad(number, "a case is a JSON object", KeysMend);
        }

        foreach (var member in line.EnumerateObject())
        {
            if (!Required.Contains(member.Name, StringComparer.Ordinal) && !Optional.Contains(member.Name, StringComparer.Ordinal))
            {
                throw Bad(number, $"unknown key '{member.Name}'", KeysMend);
            }
        }

        foreach (var key in Required)
        {
            if (!line.TryGetProperty(key, out _))
            {
                throw Bad(number, $"the key '{key}' is missing", KeysMend);
            }
        }

        var style = Text(line, "style", number);
        if (!CaseStyles.All.Contains(style, StringComparer.Ordinal))
        {
            throw Bad(number, $"unknown style '{style}'", $"The styles are {string.Join(", ", CaseStyles.All)}.");
        }

        var offered = Tools(line.GetProperty("tools"), number);
        return new SuiteCase(
            Text(line, "id", number), Text(line, "query", number), offered,
            Expected(line.GetProperty("expected"), offered, number), style, Tags(line, number), number)
        {
            Bfcl = line.TryGetProperty("bfcl", out var original) ? BfclOriginal.Read(original, file, number) : null,
        };
    }

    List<ToolDefinition> Tools(JsonElement list, int number)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw Bad(number, "'tools' is no list", "List names from tools.json, or whole definitions.");
        }

        var offered = new List<ToolDefinition>();
        foreach (var item in list.EnumerateArray())
        {
            var tool = item.ValueKind == JsonValueKind.String ? Named(item.GetString()!, number) : SuiteReader.ReadTool(item, file, number);
            if (offered.Any(other => other.Name == tool.Name))
            {
                throw Bad(number, $"the tool '{tool.Name}' is offered twice", "Offer each tool once.");
            }

            offered.Add(tool);
        }

        return offered;
    }

    ToolDefinition Named(string name, int number) => _tools.TryGetValue(name, out var tool)
        ? tool
        : throw Bad(number, $"tools.json has no tool '{name}'", $"It has {string.Join(", ", _tools.Keys)}.");

    List<ExpectedCall> Expected(JsonElement list, List<ToolDefinition> offered, int number)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw Bad(number, "'expected' is no list", "List the calls to make; [] where none is right.");
        }

        return [.. list.EnumerateArray().Select(call => Call(call, offered, number))];
    }

    ExpectedCall Call(JsonElement call, List<ToolDefinition> offered, int number)
    {
        const string Mend = "An expected call is {\"name\":\"…\",\"arguments\":{\"argument\":[accepted values]}}.";
        if (call.ValueKind != JsonValueKind.Object
            || !call.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String
            || !call.TryGetProperty("arguments", out var arguments) || arguments.ValueKind != JsonValueKind.Object
            || call.EnumerateObject().Count() != 2)
        {
            throw Bad(number, "an expected call is not a name and its arguments", Mend);
        }

        if (!offered.Any(tool => tool.Name == name.GetString()))
        {
            throw Bad(
                number, $"the tool '{name.GetString()}' is expected but not offered",
                offered.Count == 0 ? "The case offers no tool." : $"The case offers {string.Join(", ", offered.Select(tool => tool.Name))}.");
        }

        var accepted = new OrderedDictionary<string, AcceptedValues>(StringComparer.Ordinal);
        foreach (var argument in arguments.EnumerateObject())
        {
            accepted.Add(argument.Name, Accepted(argument, number));
        }

        return new ExpectedCall(name.GetString()!, accepted);
    }

    AcceptedValues Accepted(JsonProperty argument, int number)
    {
        if (argument.Value.ValueKind != JsonValueKind.Array || argument.Value.GetArrayLength() == 0)
        {
            throw Bad(
                number, $"the expected argument '{argument.Name}' is no list of accepted values",
                $"Write \"{argument.Name}\":[value]; a value that is a list itself goes into a list too.");
        }

        var values = argument.Value.EnumerateArray().Where(value => value.ValueKind != JsonValueKind.Null).ToList();
        return values.Count > 0
            ? new AcceptedValues(values, values.Count < argument.Value.GetArrayLength())
            : throw Bad(
                number, $"the expected argument '{argument.Name}' has no value but null", "Leave out an argument that must not be given.");
    }

    List<string> Tags(JsonElement line, int number)
    {
        var tags = new List<string>();
        if (line.TryGetProperty("tags", out var list))
        {
            if (list.ValueKind != JsonValueKind.Array
                || list.EnumerateArray().Any(tag => tag.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(tag.GetString())))
            {
                throw Bad(number, "'tags' is no list of texts", "Write \"tags\":[\"time\"].");
            }

            tags.AddRange(list.EnumerateArray().Select(tag => tag.GetString()!));
        }

        // A case's language is one more label to split results by.
        if (line.TryGetProperty("lang", out _) && $"lang:{Text(line, "lang", number)}" is var language && !tags.Contains(language))
        {
            tags.Add(language);
        }

        return tags;
    }

    string Text(JsonElement line, string key, int number)
    {
        var value = line.GetProperty(key);
        return value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString())
            ? value.GetString()!
            : throw Bad(number, $"'{key}' is not a text", $"Write \"{key}\":\"…\".");
    }

    InputException Bad(int number, string problem, string mend) => new(problem, mend, file, number);
}
