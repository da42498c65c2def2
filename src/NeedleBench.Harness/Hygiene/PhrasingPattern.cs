using System.Text.RegularExpressions;

namespace NeedleBench.Harness.Hygiene;

/// <summary>A training phrasing as normalised words, in pieces between its slots.</summary>
sealed partial class PhrasingPattern
{
    // Pieces as " words of it ", "" where there is none: with spaces around, text matches at word boundaries only.
    readonly string[] _padded;

    public PhrasingPattern(TrainingPhrasing phrasing)
    {
        Pieces = [.. (phrasing.HasSlots ? Slot().Split(phrasing.Text) : [phrasing.Text]).Select(QueryText.Normalize)];
        _padded = Array.ConvertAll(Pieces, Pad);
        Words = Pieces.Sum(CountWords);
    }

    /// <summary>The text before, between and behind the slots, normalised; one where there is no slot. Some may be empty.</summary>
    public string[] Pieces { get; }

    /// <summary>Words outside slots.</summary>
    public int Words { get; }

    public bool HasSlots => Pieces.Length > 1;

    /// <summary>Whether the query is this phrasing with its slots filled with any words, or none.</summary>
    /// <param name="padded">The query, through <see cref="Pad"/>.</param>
    public bool Matches(string padded)
    {
        if (!HasSlots)
        {
            return padded == _padded[0];
        }

        if (!padded.StartsWith(_padded[0], StringComparison.Ordinal) || !padded.EndsWith(_padded[^1], StringComparison.Ordinal))
        {
            return false;
        }

        // Neighbours share the space between them, so each piece ends where the next may begin: at its last space.
        var at = Math.Max(_padded[0].Length - 1, 0);
        foreach (var piece in _padded.AsSpan(1..^1))
        {
            if (piece.Length == 0)
            {
                continue;
            }

            var found = padded.IndexOf(piece, at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + piece.Length - 1;
        }

        return at <= padded.Length - Math.Max(_padded[^1].Length, 1);
    }

    /// <summary>Normalised text with a space on each side; empty text stays empty.</summary>
    public static string Pad(string normalized) => normalized.Length > 0 ? $" {normalized} " : "";

    static int CountWords(string normalized) => normalized.Length > 0 ? normalized.AsSpan().Count(' ') + 1 : 0;

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Slot();
}
