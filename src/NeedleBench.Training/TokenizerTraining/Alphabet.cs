using System.Text;

namespace NeedleBench.Training.TokenizerTraining;

/// <summary>The characters that get pieces of their own: the most frequent ones, as many as the coverage asks for.</summary>
static class Alphabet
{
    /// <param name="counts">How often each code point stood in the corpus.</param>
    /// <param name="coverage">The share of all characters to be reached, 0 to 1.</param>
    /// <returns>Code points, the most frequent first, the lower of equals first. Tabs count, but are left out.</returns>
    public static List<int> Choose(ReadOnlySpan<long> counts, float coverage)
    {
        var total = 0L;
        var present = new List<(int Character, long Count)>();
        for (var c = 0; c < counts.Length; c++)
        {
            total += counts[c];
            if (counts[c] > 0)
            {
                present.Add((c, counts[c]));
            }
        }

        present.Sort((a, b) => a.Count != b.Count ? b.Count.CompareTo(a.Count) : a.Character.CompareTo(b.Character));
        var chosen = new List<int>();
        var covered = 0L;
        foreach (var (character, count) in present)
        {
            // In single precision as the library has it, or the last character in or out would differ now and then.
            if ((float)((double)covered / total) >= coverage)
            {
                break;
            }

            covered += count;
            if (!PieceRules.IsBreak(character))
            {
                chosen.Add(character);
            }
        }

        return chosen;
    }

    public static string TextOf(int character) => new Rune(character).ToString();
}
