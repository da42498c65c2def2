using System.Text.Json;
using NeedleBench.Harness.Running;

namespace NeedleBench.Harness.Metrics.Needle;

/// <summary>An answer as Needle's evaluation reads it: it takes any JSON, where we take only a list of calls.</summary>
/// <param name="IsJson">Whether the text was JSON.</param>
/// <param name="IsEmpty">Whether the text was <c>[]</c> or nothing at all, which Needle takes for a refusal as well.</param>
/// <param name="Calls">The calls in it; a lone object is a list of one.</param>
/// <param name="HoldsOnlyCalls">Whether nothing else stood in the list.</param>
sealed record NeedleAnswer(bool IsJson, bool IsEmpty, IReadOnlyList<NeedleCall> Calls, bool HoldsOnlyCalls)
{
    static readonly NeedleAnswer NotJson = new(false, false, [], false);

    public static NeedleAnswer Of(Prediction prediction)
    {
        if (prediction.Error is not null)
        {
            return NotJson;
        }

        return prediction.Failure?.Kind switch
        {
            null => new NeedleAnswer(
                true, prediction.Calls.Count == 0, [.. prediction.Calls.Select(c => NeedleCall.Of(c.Name, c.Arguments))], true),
            ParseFailureKind.Empty => NotJson with { IsEmpty = true },
            ParseFailureKind.NotACallList or ParseFailureKind.NotACall => Read(prediction.Text),
            _ => NotJson,
        };
    }

    static NeedleAnswer Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            // The failure speaks of another syntax than JSON, as some dialects have.
            return NotJson;
        }
    }

    static NeedleAnswer Read(JsonElement root)
    {
        IEnumerable<JsonElement> items = root.ValueKind switch
        {
            JsonValueKind.Array => root.EnumerateArray(),
            JsonValueKind.Object => [root],
            _ => [],
        };
        var calls = new List<NeedleCall>();
        var onlyCalls = root.ValueKind is JsonValueKind.Array or JsonValueKind.Object;
        foreach (var item in items)
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                onlyCalls = false;
                continue;
            }

            var name = item.TryGetProperty("name", out var value) && value.ValueKind == JsonValueKind.String
                ? NeedleValue.StringOf(value)
                : null;
            item.TryGetProperty("arguments", out var arguments);
            calls.Add(NeedleCall.Of(name, arguments));
        }

        return new NeedleAnswer(true, false, calls, onlyCalls);
    }
}
