using System.Text.Json;

namespace NeedleBench.Training.Synthesis;

/// <summary>Reads one tool of a corpus file.</summary>
static class CorpusToolReader
{
    public static CorpusTool Read(JsonElement tool, CorpusPlace at)
    {
        at.Require(tool, JsonValueKind.Object, "a tool");
        var name = at.Text(tool, "name");
        at = at with { Tool = name };
        var parameters = at.Member(tool, "parameters", JsonValueKind.Object);
        return new CorpusTool(
            name,
            at.Text(tool, "description"),
            Parameters(parameters, at),
            tool.TryGetProperty("slots", out _) ? Slots(at.Member(tool, "slots", JsonValueKind.Object), at) : Slots(default, at),
            [.. at.Array(tool, "phrasings").Select(p => ReadPhrasing(p, at))])
        {
            Requests = tool.TryGetProperty("requests", out _) ? [.. at.Array(tool, "requests").Select(r => at.Text(r, "a request"))] : [],
            Line = at.Line ?? 0,
        };
    }

    static List<CorpusParameter> Parameters(JsonElement schema, CorpusPlace at)
    {
        var parameters = new List<CorpusParameter>();
        if (!schema.TryGetProperty("properties", out _))
        {
            return parameters;
        }

        var required = new HashSet<string>(StringComparer.Ordinal);
        if (schema.TryGetProperty("required", out _))
        {
            foreach (var r in at.Array(schema, "required"))
            {
                required.Add(at.Text(r, "a required name"));
            }
        }

        foreach (var property in at.Member(schema, "properties", JsonValueKind.Object).EnumerateObject())
        {
            at.Require(property.Value, JsonValueKind.Object, $"parameter '{property.Name}'");
            parameters.Add(Parameter(property, required.Remove(property.Name), at));
        }

        return required.Count == 0
            ? parameters
            : throw at.Bad($"'{required.First()}' is required but no parameter", "List parameters under 'properties'.");
    }

    static CorpusParameter Parameter(JsonProperty property, bool required, CorpusPlace at)
    {
        IReadOnlyList<string>? values = null;
        var rest = new List<KeyValuePair<string, JsonElement>>();
        var description = "";
        foreach (var member in property.Value.EnumerateObject())
        {
            switch (member.Name)
            {
                case "type":
                    break;
                case "description":
                    description = at.Text(member.Value, "a parameter's description");
                    break;
                case "enum" when member.Value.ValueKind == JsonValueKind.Array
                    && member.Value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String):
                    values = [.. member.Value.EnumerateArray().Select(v => v.GetString()!)];
                    break;
                default:
                    rest.Add(new(member.Name, member.Value));
                    break;
            }
        }

        return new CorpusParameter(property.Name, at.Text(property.Value, "type"), description, required)
        {
            Enum = values,
            Rest = rest
        };
    }

    static Dictionary<string, string> Slots(JsonElement slots, CorpusPlace at)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (slots.ValueKind == JsonValueKind.Object)
        {
            foreach (var slot in slots.EnumerateObject())
            {
                map.Add(slot.Name, at.Text(slot.Value, "a slot's name"));
            }
        }

        return map;
    }

    static Phrasing ReadPhrasing(JsonElement phrasing, CorpusPlace at)
    {
        at.Require(phrasing, JsonValueKind.Object, "a phrasing");
        var text = at.Text(phrasing, "text");
        var arguments = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (phrasing.TryGetProperty("arguments", out _))
        {
            foreach (var argument in at.Member(phrasing, "arguments", JsonValueKind.Object).EnumerateObject())
            {
                arguments.Add(argument.Name, argument.Value);
            }
        }

        return new Phrasing(text, Phrasing.Split(text), arguments);
    }
}
