using System.Text.RegularExpressions;

namespace NeedleBench.Harness.Baselines;

/// <summary>A query cut into words, each with its stem and its place in the text.</summary>
/// <param name="Text">The query as it was given.</param>
/// <param name="Words">In order.</param>
sealed partial record QueryWords(string Text, IReadOnlyList<QueryWord> Words)
{
    public static QueryWords Read(string text) =>
        new(text, [.. WordPattern().Matches(text).Select(m => new QueryWord(m.Value, Stem(m.Value), m.Index))]);

    /// <summary>The words of any text, camel humps and separators split, as stems.</summary>
    public static IEnumerable<string> Stems(string text) =>
        WordPattern().Matches(HumpPattern().Replace(text, "$1 $2").Replace('_', ' ')).Select(m => Stem(m.Value));

    /// <summary>Lower case, without the commonest English endings: enough to let "lights" meet "light" and "timers" "timer".</summary>
    public static string Stem(string word)
    {
        var stem = word.ToLowerInvariant();
        foreach (var ending in (ReadOnlySpan<string>)["'s", "ing", "ies", "es", "ed", "s"])
        {
            if (stem.Length > ending.Length + 2 && stem.EndsWith(ending, StringComparison.Ordinal))
            {
                return ending == "ies" ? stem[..^3] + "y" : stem[..^ending.Length];
            }
        }

        return stem;
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:['’.:][\p{L}\p{N}]+)*")]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"(\p{Ll}|\p{N})(\p{Lu})")]
    private static partial Regex HumpPattern();
}

/// <summary>One word of a query.</summary>
sealed record QueryWord(string Text, string Stem, int Index)
{
    public int End => Index + Text.Length;
}
