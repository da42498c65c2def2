using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NeedleBench.Training.TeacherSynthesis;

/// <summary>
/// Whether the values of calls come from the request: a small model learns to copy, and must not learn to invent. Values that
/// the schema lists (<c>enum</c>, <c>const</c>) are free.
/// </summary>
/// <remarks>
/// A text value stands in the request, whatever its case, after Unicode NFKC, runs of white space taken as one space. A number
/// equals one that the request writes in digits; where the request writes it in words, no digits of it are there to compare,
/// so a number without its equal passes only where every number in digits belongs to some other value.
/// </remarks>
static partial class Grounding
{
    /// <summary>What is not grounded, or null.</summary>
    /// <param name="query">The request.</param>
    /// <param name="calls">The calls with the schemas of their tools.</param>
    public static (RejectionReason Reason, string Detail)? Problem(string query, IEnumerable<(JsonElement Schema, JsonElement Arguments)> calls)
    {
        var text = Fold(query);
        var written = WrittenNumber.Find(text);
        var found = new Values([], []);
        foreach (var (schema, arguments) in calls)
        {
            Collect(arguments, new SchemaPlace(schema), found);
        }

        var used = new bool[written.Count];
        foreach (var (value, isFree) in found.Texts)
        {
            var folded = Fold(value);
            if (!Mark(text, folded, written, used) && !isFree)
            {
                return (RejectionReason.UngroundedText, $"'{value}' does not stand in '{query}'");
            }
        }

        string? missing = null;
        foreach (var (value, isFree) in found.Numbers)
        {
            var stands = false;
            for (var i = 0; i < used.Length; i++)
            {
                if (written[i].Values.Contains(value))
                {
                    used[i] = stands = true;
                }
            }

            missing ??= stands || isFree ? null : FormattableString.Invariant($"{value} is not a number of '{query}'");
        }

        return missing is not null && used.Contains(false) ? (RejectionReason.UngroundedNumber, missing) : null;
    }

    // Marks the numbers inside every occurrence: "7:30" is a text that has two.
    static bool Mark(string text, string value, IReadOnlyList<WrittenNumber> written, bool[] used)
    {
        if (value.Length == 0)
        {
            return false;
        }

        var stands = false;
        for (var at = text.IndexOf(value, StringComparison.Ordinal); at >= 0; at = text.IndexOf(value, at + 1, StringComparison.Ordinal))
        {
            stands = true;
            for (var i = 0; i < used.Length; i++)
            {
                used[i] |= written[i].Start < at + value.Length && written[i].End > at;
            }
        }

        return stands;
    }

    static void Collect(JsonElement value, SchemaPlace place, Values found)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                found.Texts.Add((value.GetString()!, place.Lists(value)));
                break;
            case JsonValueKind.Number:
                found.Numbers.Add((value.GetDouble(), place.Lists(value)));
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Collect(item, place.Item(index++), found);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Collect(member.Value, place.Property(member.Name), found);
                }

                break;
        }
    }

    static string Fold(string text) => Spaces().Replace(text.Normalize(NormalizationForm.FormKC), " ").Trim().ToLowerInvariant();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    sealed record Values(List<(string Value, bool IsFree)> Texts, List<(double Value, bool IsFree)> Numbers);
}
