using System.Text.Json;
using System.Text.Json.Nodes;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.TeacherSynthesis;

/// <summary>Takes or rejects one element of a teacher's list.</summary>
/// <param name="arguments">Why a call's arguments break their tool's schema; empty where they do not.</param>
/// <param name="known">The requests so far; what is taken joins them.</param>
sealed class CandidateCheck(Func<ToolDefinition, JsonElement, IReadOnlyList<string>> arguments, KnownQueries known)
{
    /// <summary>The example, or why it is none. What is wrong with the call is said before what is wrong with the request.</summary>
    public (SyntheticExample? Example, RejectionReason Reason, string Detail) Check(
        JsonElement element, ToolDefinition focus, IReadOnlyList<ToolDefinition> offered, TeacherStyle style)
    {
        if (CandidateReader.Read(element) is not var (query, calls))
        {
            return (null, RejectionReason.MalformedExample, "an element has no request, or no list of calls");
        }

        if (style.IsRefusal != (calls.Count == 0))
        {
            return style.IsRefusal
                ? (null, RejectionReason.UnexpectedCall, $"'{query}' calls '{calls[0].Name}'")
                : (null, RejectionReason.NoCall, $"'{query}' calls nothing");
        }

        var tools = calls.Select(call => offered.FirstOrDefault(tool => tool.Name == call.Name)).ToList();
        if (tools.Contains(null) || (!style.IsRefusal && !tools.Contains(focus)))
        {
            return (null, RejectionReason.WrongTool, $"'{query}' calls {string.Join(", ", calls.Select(call => $"'{call.Name}'"))}");
        }

        var problem = calls.Zip(tools, (call, tool) => SchemaProblem(tool!, call.Arguments)).FirstOrDefault(p => p is not null);
        if (problem is not null)
        {
            return (null, RejectionReason.SchemaInvalid, $"'{query}': {problem}");
        }

        if (Grounding.Problem(query, calls.Zip(tools, (call, tool) => (tool!.Schema, call.Arguments))) is var (reason, detail))
        {
            return (null, reason, detail);
        }

        return known.TryAdd(query) is { } same
            ? (null, same, $"'{query}' is there already, or nearly so")
            : (new SyntheticExample(query, offered, [.. calls.Zip(tools, (call, tool) => Ordered(call, tool!))]), default, "");
    }

    string? SchemaProblem(ToolDefinition tool, JsonElement given)
    {
        // A schema that does not forbid other members would let invented ones pass.
        var place = new SchemaPlace(tool.Schema);
        if (!place.IsOpen && given.EnumerateObject().Select(a => a.Name).Except(place.Names).FirstOrDefault() is { } unknown)
        {
            return $"'{tool.Name}' has no parameter '{unknown}'";
        }

        return arguments(tool, given) is [var first, ..] ? first : null;
    }

    // In the order of the parameters: the model learns one order, not the teacher's moods.
    static ToolCall Ordered(ToolCall call, ToolDefinition tool)
    {
        var order = new SchemaPlace(tool.Schema).Names.ToList();
        var ordered = call.Arguments.EnumerateObject().OrderBy(a => order.IndexOf(a.Name) is >= 0 and var at ? at : int.MaxValue);
        return call with
        {
            Arguments = JsonSerializer.SerializeToElement(
                new JsonObject(ordered.Select(a => KeyValuePair.Create(a.Name, JsonNode.Parse(a.Value.GetRawText()))))),
        };
    }
}
