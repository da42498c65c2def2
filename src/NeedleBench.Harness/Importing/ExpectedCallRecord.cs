using System.Text.Json;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Importing;

/// <summary>
/// Expected calls as others write them: <c>{"name","arguments"}</c>, bare or inside OpenAI's
/// <c>{"type":"function","function":{…}}</c>; the arguments an object, or its text in a string. Each value is the one that is
/// accepted.
/// </summary>
static class ExpectedCallRecord
{
    const string Mend = "A call is {\"name\":\"…\",\"arguments\":{…}}, bare or as \"function\" of a tool call.";

    /// <exception cref="InputException">The value is no list of calls of tools on offer.</exception>
    public static IReadOnlyList<ExpectedCall> ReadList(JsonElement value, string key, IReadOnlyList<ToolDefinition> tools, RecordPlace place)
    {
        var list = place.Unwrapped(value, key);
        return list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(call => Read(call, tools, place))]
            : throw place.Bad($"'{key}' is no list", "List the calls to make; [] where none is right.");
    }

    static ExpectedCall Read(JsonElement call, IReadOnlyList<ToolDefinition> tools, RecordPlace place)
    {
        if (call.ValueKind == JsonValueKind.Object && call.TryGetProperty("function", out var function))
        {
            call = function;
        }

        if (call.ValueKind != JsonValueKind.Object
            || !call.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String
            || !call.TryGetProperty("arguments", out var given))
        {
            throw place.Bad("an expected call is not a name and its arguments", Mend);
        }

        if (tools.All(tool => tool.Name != name.GetString()))
        {
            throw place.Bad($"the tool '{name.GetString()}' is expected but not offered", "Offer it, or expect another.");
        }

        var arguments = place.Unwrapped(given, "arguments");
        if (arguments.ValueKind != JsonValueKind.Object)
        {
            throw place.Bad($"the arguments of '{name.GetString()}' are no JSON object", Mend);
        }

        var accepted = new OrderedDictionary<string, AcceptedValues>(StringComparer.Ordinal);
        foreach (var argument in arguments.EnumerateObject())
        {
            // In a suite, null means that an argument may be left out; whether it is meant so here cannot be known.
            if (argument.Value.ValueKind == JsonValueKind.Null)
            {
                throw place.Bad(
                    $"the argument '{argument.Name}' of '{name.GetString()}' is null, which a suite cannot expect",
                    "Leave the argument out, or give its value.");
            }

            accepted.Add(argument.Name, new AcceptedValues([argument.Value], MayBeOmitted: false));
        }

        return new ExpectedCall(name.GetString()!, accepted);
    }
}
