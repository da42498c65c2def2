using System.Globalization;
using System.Text;
using System.Text.Json;
using NeedleBench.Harness.Schemas;

namespace NeedleBench.Harness.Suites;

/// <summary>
/// Checks suites that could be read: the expected answers against the tools' schemas, and the rules that our own cases are
/// written by. The rules on ids hold for our own suites only; what is wrong with a case of an imported one
/// (<see cref="Suite.Source"/>) is a warning.
/// </summary>
public static class SuiteValidator
{
    const int MaxTools = 8;
    const string MissingTool = "missing_tool";

    static readonly HashSet<string> Types = ["string", "integer", "number", "boolean", "array", "object", "null"];
    static readonly HashSet<string> ValueKeywords = ["enum", "const", "default", "examples"];

    /// <summary>Everything that is wrong, suite by suite, in file order; empty where all is well.</summary>
    public static IReadOnlyList<SuiteFinding> Validate(IEnumerable<Suite> suites)
    {
        var findings = new List<SuiteFinding>();
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var queries = new Dictionary<string, (string Place, bool Imported)>(StringComparer.Ordinal);
        foreach (var suite in suites)
        {
            var unusable = new HashSet<ToolDefinition>(ReferenceEqualityComparer.Instance);
            var toolsFile = Path.Combine(suite.Folder, SuiteReader.ToolsFile);
            foreach (var tool in suite.Tools)
            {
                CheckTool(tool, toolsFile, null, unusable, findings);
            }

            var file = Path.Combine(suite.Folder, SuiteReader.CasesFile);
            var shared = suite.Tools.ToHashSet<ToolDefinition>(ReferenceEqualityComparer.Instance);
            var last = -1L;
            foreach (var item in suite.Cases)
            {
                // Other people's data are measured as they are: what is odd about them is said, but does not stop anyone.
                var weight = suite.Source is null ? FindingSeverity.Error : FindingSeverity.Warning;
                void Error(string message) => findings.Add(new SuiteFinding(file, item.Line, message, weight));

                foreach (var tool in item.Tools.Where(tool => !shared.Contains(tool)))
                {
                    CheckTool(tool, file, item.Line, unusable, findings);
                }

                CheckShape(item, Error);
                if (suite.Source is null)
                {
                    last = CheckId(suite, item, last, Error);
                }

                foreach (var call in item.Expected)
                {
                    var tool = item.Tools.First(tool => tool.Name == call.Name);
                    try
                    {
                        if (!unusable.Contains(tool))
                        {
                            ExpectedCallCheck.Check(call, tool, Error);
                        }
                    }
                    catch (InputException e)
                    {
                        Error($"tool '{tool.Name}': {e.Problem}");
                    }
                }

                var place = $"{file}:{item.Line}";
                if (!ids.TryAdd(item.Id, place))
                {
                    Error($"the id '{item.Id}' stands at {ids[item.Id]} already");
                }

                if (!queries.TryAdd(Fold(item.Query), (place, suite.Source is not null)))
                {
                    var (other, imported) = queries[Fold(item.Query)];
                    var severity = imported || suite.Source is not null ? FindingSeverity.Warning : FindingSeverity.Error;
                    findings.Add(new SuiteFinding(file, item.Line, $"the query stands at {other} already", severity));
                }
            }
        }

        return findings;
    }

    static void CheckTool(ToolDefinition tool, string file, int? line, HashSet<ToolDefinition> unusable, List<SuiteFinding> findings)
    {
        void Error(string message) => findings.Add(new SuiteFinding(file, line, $"tool '{tool.Name}': {message}", FindingSeverity.Error));

        try
        {
            ToolSchemaValidator.CheckSchema(tool.Schema);
        }
        catch (InputException e)
        {
            unusable.Add(tool);
            Error(e.Problem);
            return;
        }

        foreach (var type in UnknownTypes(tool.Schema))
        {
            Error($"'{type}' is no type of JSON Schema, so nothing is checked there");
        }
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

    static void CheckShape(SuiteCase item, Action<string> error)
    {
        if (item.Tools.Count is < 1 or > MaxTools)
        {
            error($"{item.Tools.Count} tools are offered, not 1 to {MaxTools}");
        }

        var missingTool = item.Tags.Contains(MissingTool, StringComparer.Ordinal);
        var refusalStyle = item.Style is CaseStyles.NearMiss or CaseStyles.None;
        if (refusalStyle && !item.IsRefusal)
        {
            error($"the style is '{item.Style}', but calls are expected");
        }

        if (item.IsRefusal && !refusalStyle && !missingTool)
        {
            error($"no call is expected, but the style is '{item.Style}' and the tag '{MissingTool}' is not there");
        }

        if (missingTool && !item.IsRefusal)
        {
            error($"the tag '{MissingTool}' is there, but calls are expected");
        }
    }

    // Numbers rise, but may leave gaps: a case that is taken out does not rename the others.
    static long CheckId(Suite suite, SuiteCase item, long last, Action<string> error)
    {
        var prefix = suite.Name.Replace('_', '-') + "/";
        if (!item.Id.StartsWith(prefix, StringComparison.Ordinal)
            || item.Id.Length < prefix.Length + 3
            || !long.TryParse(item.Id.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            error($"the id '{item.Id}' does not read {prefix}001");
            return last;
        }

        if (number <= last)
        {
            error($"the id '{item.Id}' stands behind number {last}: ids rise");
        }

        return Math.Max(number, last);
    }

    static string Fold(string query) =>
        string.Join(' ', query.Normalize(NormalizationForm.FormC)
            .ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
