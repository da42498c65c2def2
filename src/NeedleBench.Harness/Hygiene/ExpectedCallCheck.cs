using System.Text.Json;
using NeedleBench.Harness.Schemas;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Hygiene;

/// <summary>Expected calls that their tool's schema does not allow.</summary>
static class ExpectedCallCheck
{
    public static IEnumerable<SuiteFinding> Check(IReadOnlyList<Suite> suites) => suites.SelectMany(
        suite => suite.Cases.SelectMany(
            item => item.Expected.SelectMany(
                call => Problems(call, item.Tools.First(tool => tool.Name == call.Name))
                    .Select(problem => Finding.InCase(suite, item, problem)))));

    static List<string> Problems(ExpectedCall call, ToolDefinition tool)
    {
        var problems = new List<string>();
        try
        {
            if (ToolSchemaCheck.WhyUnreadable(tool) is null)
            {
                Check(call, tool, problems.Add);
            }
        }
        catch (InputException e)
        {
            problems.Add($"tool '{tool.Name}': {e.Problem}");
        }

        return problems;
    }

    static void Check(ExpectedCall call, ToolDefinition tool, Action<string> error)
    {
        var schema = tool.Schema;
        var declared = schema.TryGetProperty("properties", out var properties) ? Names(properties) : [];
        var open = schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind != JsonValueKind.False;
        var required = schema.TryGetProperty("required", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(name => name.ToString()).ToHashSet(StringComparer.Ordinal)
            : [];
        foreach (var (name, accepted) in call.Arguments)
        {
            if (!declared.Contains(name) && !open)
            {
                error($"the tool '{tool.Name}' has no parameter '{name}'");
            }

            if (accepted.MayBeOmitted && required.Contains(name))
            {
                error($"the tool '{tool.Name}' requires '{name}', so null cannot be accepted for it");
            }
        }

        var first = call.Arguments.ToDictionary(pair => pair.Key, pair => pair.Value.Values[0], StringComparer.Ordinal);
        var known = ToolSchemaValidator.Validate(schema, JsonSerializer.SerializeToElement(first));
        foreach (var message in known)
        {
            error($"the first accepted call of '{tool.Name}' breaks its schema: {message}");
        }

        foreach (var (name, accepted) in call.Arguments)
        {
            foreach (var value in accepted.Values.Skip(1))
            {
                var other = new Dictionary<string, JsonElement>(first, StringComparer.Ordinal) { [name] = value };
                foreach (var message in ToolSchemaValidator.Validate(schema, JsonSerializer.SerializeToElement(other)).Except(known))
                {
                    error($"the accepted value {value.GetRawText()} of '{tool.Name}' breaks its schema: {message}");
                }
            }
        }
    }

    static HashSet<string> Names(JsonElement map) => map.ValueKind == JsonValueKind.Object
        ? map.EnumerateObject().Select(member => member.Name).ToHashSet(StringComparer.Ordinal)
        : [];
}
