using System.Runtime.InteropServices;

namespace NeedleBench.Training.Synthesis;

/// <summary>
/// How alike tools are in words: the cosine of TF-IDF vectors over names, descriptions (counted three times) and phrasings.
/// It keeps a distractor that could serve a request as well as the right tool out of an example.
/// </summary>
sealed class ToolSimilarity
{
    static readonly HashSet<string> StopWords = new(
        ("a an and are as at be but by can could did do does for from get give go had has have he her his how i if in is it its just let like "
        + "me my need no not of off on one or our out please put set she so some that the their them then there these they this to um uh up "
        + "us use user want was we what when where which who will with would you your s t m ll re ve d").Split(' '),
            StringComparer.Ordinal);

    readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    readonly List<(int Word, float Weight)[]> _vectors = [];
    readonly float[] _rarity;

    public ToolSimilarity(IReadOnlyList<CorpusTool> tools)
    {
        var counts = new List<SortedDictionary<int, float>>();
        var holders = new List<int>();
        foreach (var tool in tools)
        {
            var words = new SortedDictionary<int, float>();
            Count(SnakeCaseName.From(tool.Name), 3, words, true);
            Count(tool.Description, 3, words, true);
            foreach (var phrasing in tool.Phrasings)
            {
                foreach (var part in phrasing.Parts)
                {
                    Count(part.IsPlaceholder ? "" : part.Text, 1, words, true);
                }
            }

            counts.Add(words);
            foreach (var word in words.Keys)
            {
                while (holders.Count <= word)
                {
                    holders.Add(0);
                }

                holders[word]++;
            }
        }

        _rarity = [.. holders.Select(n => MathF.Log((1f + tools.Count) / n))];
        _vectors.AddRange(counts.Select(Vector));
    }

    /// <summary>From 0 (no word in common) to 1.</summary>
    public float Between(int a, int b)
    {
        var (x, y) = (_vectors[a], _vectors[b]);
        var (i, j, sum) = (0, 0, 0f);
        while (i < x.Length && j < y.Length)
        {
            if (x[i].Word == y[j].Word)
            {
                sum += x[i++].Weight * y[j++].Weight;
            }
            else if (x[i].Word < y[j].Word)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return sum;
    }

    /// <summary>The likeness of a request to each tool.</summary>
    public float[] Of(string request)
    {
        var words = new SortedDictionary<int, float>();
        Count(request, 1, words, false);
        var dense = new float[_rarity.Length];
        foreach (var (word, weight) in Vector(words))
        {
            dense[word] = weight;
        }

        var likeness = new float[_vectors.Count];
        for (var i = 0; i < likeness.Length; i++)
        {
            foreach (var (word, weight) in _vectors[i])
            {
                likeness[i] += dense[word] * weight;
            }
        }

        return likeness;
    }

    (int Word, float Weight)[] Vector(SortedDictionary<int, float> counts)
    {
        var vector = counts.Select(c => (c.Key, Weight: (1 + MathF.Log(c.Value)) * _rarity[c.Key])).ToArray();
        var length = MathF.Sqrt(vector.Sum(v => v.Weight * v.Weight));
        foreach (ref var v in vector.AsSpan())
        {
            v.Weight /= length;
        }

        return vector;
    }

    void Count(string text, float times, SortedDictionary<int, float> counts, bool learn)
    {
        foreach (var raw in text.ToLowerInvariant().Split([' ', ',', '.', '?', '!', '_', '-', '\'', '’', ':', ';', '(', ')', '"',
            '/'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (StopWords.Contains(raw))
            {
                continue;
            }

            var word = Stem(raw);
            if (learn)
            {
                ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_words, word, out var known);
                index = known ? index : _words.Count - 1;
            }

            if (_words.TryGetValue(word, out var id))
            {
                counts[id] = counts.GetValueOrDefault(id) + times;
            }
        }
    }

    // Enough to bring "reminders", "reminded" and "remind" together; what it gets wrong only makes tools a little more alike.
    static string Stem(string word)
    {
        foreach (var ending in (ReadOnlySpan<string>)["ings", "ing", "ers", "er", "ed", "es", "s"])
        {
            if (word.Length - ending.Length >= 3 && word.EndsWith(ending, StringComparison.Ordinal))
            {
                return word[..^ending.Length];
            }
        }

        return word;
    }
}
