using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeedleBench.Training.FineTuning;

/// <summary>Answers held against expected calls, as sums over examples.</summary>
/// <param name="Examples">How many.</param>
/// <param name="Exact">Answers with the expected calls and no others, in any order.</param>
/// <param name="Parsed">Answers that could be read.</param>
/// <param name="Hits">Calls right in name and all arguments, assigned one to one.</param>
/// <param name="Predicted">Calls made.</param>
/// <param name="Expected">Calls expected.</param>
public readonly record struct CallScore(int Examples, int Exact, int Parsed, int Hits, int Predicted, int Expected)
{
    [JsonIgnore]
    public double ExactMatch => Examples == 0 ? 0 : (double)Exact / Examples;

    /// <summary>2·hits / (predicted + expected), as the harness has it; 1 where nothing was expected and nothing called.</summary>
    [JsonIgnore]
    public double CallF1 => Predicted + Expected == 0 ? 1 : 2.0 * Hits / (Predicted + Expected);

    [JsonIgnore]
    public double ParseRate => Examples == 0 ? 0 : (double)Parsed / Examples;

    /// <summary>
    /// One answer. Arguments are equal as JSON values: members in any order, numbers by value.
    /// </summary>
    /// <param name="calls">What the model called; null where its answer could not be read.</param>
    public static CallScore Of(IReadOnlyList<ToolCall>? calls, IReadOnlyList<ToolCall> expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        if (calls is null)
        {
            return new CallScore(1, 0, 0, 0, 0, expected.Count);
        }

        var left = expected.ToList();
        var hits = 0;
        foreach (var call in calls)
        {
            var at = left.FindIndex(e => e.Name == call.Name && JsonElement.DeepEquals(e.Arguments, call.Arguments));
            if (at >= 0)
            {
                left.RemoveAt(at);
                hits++;
            }
        }

        return new CallScore(1, left.Count == 0 && hits == calls.Count ? 1 : 0, 1, hits, calls.Count, expected.Count);
    }

    public static CallScore operator +(CallScore a, CallScore b) => Add(a, b);

    public static CallScore Add(CallScore a, CallScore b) => new(
        a.Examples + b.Examples, a.Exact + b.Exact, a.Parsed + b.Parsed, a.Hits + b.Hits, a.Predicted + b.Predicted, a.Expected + b.Expected);
}
