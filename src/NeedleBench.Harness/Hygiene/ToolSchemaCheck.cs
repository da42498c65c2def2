using System.Text.Json;
using NeedleBench.Harness.Schemas;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Hygiene;

/// <summary>Tools whose parameters cannot be checked against, because their schema cannot be read or names no such type.</summary>
static class ToolSchemaCheck
{
    static readonly HashSet<string> Types = ["string", "integer", "number", "boolean", "array", "object", "null"];
    static readonly HashSet<string> ValueKeywords = ["enum", "const", "default", "examples"];

    public static IEnumerable<SuiteFinding> Check(IReadOnlyList<Suite> suites)
    {
        foreach (var suite in suites)
        {
            foreach (var message in suite.Tools.SelectMany(Problems))
            {
                yield return Finding.InTools(suite, message);
            }

            var shared = suite.Tools.ToHashSet<ToolDefinition>(ReferenceEqualityComparer.Instance);
            foreach (var item in suite.Cases)
            {
                foreach (var message in item.Tools.Where(tool => !shared.Contains(tool)).SelectMany(Problems))
                {
                    yield return Finding.InCase(suite, item, message);
                }
            }
        }
    }

    /// <summary>Why a schema cannot be read; null where it can.</summary>
    public static string? WhyUnreadable(ToolDefinition tool)
    {
        try
        {
            ToolSchemaValidator.CheckSchema(tool.Schema);
            return null;
        }
        catch (InputException e)
        {
            return e.Problem;
        }
    }

    static IEnumerable<string> Problems(ToolDefinition tool)
    {
        IEnumerable<string> problems = WhyUnreadable(tool) is { } reason
            ? [reason]
            : UnknownTypes(tool.Schema).Select(type => $"'{type}' is no type of JSON Schema, so nothing is checked there");
        return problems.Select(problem => $"tool '{tool.Name}': {problem}");
    }

    static IEnumerable<string> UnknownTypes(JsonElement schema)
    {
        if (schema.ValueKind == JsonValueKind.Array)
        {
            return schema.EnumerateArray().SelectMany(UnknownTypes);
        }

        return schema.ValueKind != JsonValueKind.Object ? [] : schema.EnumerateObject().SelectMany(member =>
            member.Name == "type" && member.Value.ValueKind == JsonValueKind.String
                ? Types.Contains(member.Value.GetString()!) ? [] : [member.Value.GetString()!]
                : ValueKeywords.Contains(member.Name) ? [] : UnknownTypes(member.Value));
    }
}
