using System.Globalization;
using System.Text;

namespace NeedleBench.Training.TeacherSynthesis;

/// <summary>The requests so far, for asking whether a new one is the same or nearly so.</summary>
/// <param name="nearDuplicate">See <see cref="TeacherOptions.NearDuplicate"/>.</param>
sealed class KnownQueries(double nearDuplicate)
{
    readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    readonly List<string[]> _queries = [];
    readonly Dictionary<string, List<int>> _queriesOfWord = new(StringComparer.Ordinal);

    /// <summary>Adds the request, or says why it is none that is new.</summary>
    public RejectionReason? TryAdd(string query)
    {
        var words = Words(query);
        var text = string.Join(' ', words);
        if (_texts.Contains(text))
        {
            return RejectionReason.Duplicate;
        }

        if (HasNear(words))
        {
            return RejectionReason.NearDuplicate;
        }

        Add(words, text);
        return null;
    }

    /// <summary>Adds a request that counts, whether it is new or not.</summary>
    public void Add(string query)
    {
        var words = Words(query);
        Add(words, string.Join(' ', words));
    }

    /// <summary>
    /// Unicode NFKC, lower case; everything that is no letter, digit or mark parts words. Scripts that write no spaces have a
    /// word a character.
    /// </summary>
    static string[] Words(string query)
    {
        var text = new StringBuilder(query.Length);
        foreach (var rune in query.Normalize(NormalizationForm.FormKC).ToLowerInvariant().EnumerateRunes())
        {
            if (rune.Value is (>= 0x0E00 and < 0x0E80) or (>= 0x3040 and < 0x3100) or (>= 0x3400 and < 0xA000))
            {
                text.Append(' ').Append(rune).Append(' ');
            }
            else
            {
                text.Append(Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark
                    or UnicodeCategory.SpacingCombiningMark ? rune : new Rune(' '));
            }
        }

        return text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    void Add(string[] words, string text)
    {
        _texts.Add(text);
        foreach (var word in words.Distinct(StringComparer.Ordinal))
        {
            if (!_queriesOfWord.TryGetValue(word, out var queries))
            {
                _queriesOfWord.Add(word, queries = []);
            }

            queries.Add(_queries.Count);
        }

        _queries.Add(words);
    }

    // A common subsequence is no longer than the words in common, which are cheap to count.
    bool HasNear(string[] words)
    {
        var counts = words.CountBy(word => word, StringComparer.Ordinal).ToList();
        var common = new Dictionary<int, int>();
        foreach (var (word, count) in counts)
        {
            foreach (var query in _queriesOfWord.GetValueOrDefault(word) ?? [])
            {
                common[query] = common.GetValueOrDefault(query) + count;
            }
        }

        return common.Any(pair =>
        {
            var other = _queries[pair.Key];
            var needed = nearDuplicate * (words.Length + other.Length) / 2;
            return pair.Value >= needed && CommonSubsequence(words, other) >= needed;
        });
    }

    static int CommonSubsequence(string[] a, string[] b)
    {
        var lengths = new int[b.Length + 1];
        foreach (var word in a)
        {
            var diagonal = 0;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = lengths[j];
                lengths[j] = word == b[j - 1] ? diagonal + 1 : Math.Max(above, lengths[j - 1]);
                diagonal = above;
            }
        }

        return lengths[b.Length];
    }
}
