using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Hygiene;

/// <summary>
/// The queries of suites, found by the runs of words in them and by their first and last word. Suites are small and training
/// data may not be, so the suites are held and the data streams by.
/// </summary>
sealed class QueryIndex
{
    readonly Dictionary<string, List<IndexedQuery>> _runs = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<IndexedQuery>>.AlternateLookup<ReadOnlySpan<char>> _runsBySpan;
    readonly Dictionary<string, List<IndexedQuery>> _texts = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<IndexedQuery>> _firsts = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<IndexedQuery>> _lasts = new(StringComparer.Ordinal);
    readonly List<IndexedQuery> _all = [];
    readonly int _runLength;

    /// <param name="suites">Queries without a word are left out.</param>
    /// <param name="runLength">Words a run.</param>
    public QueryIndex(IReadOnlyList<Suite> suites, int runLength)
    {
        _runLength = runLength;
        _runsBySpan = _runs.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var suite in suites)
        {
            foreach (var item in suite.Cases)
            {
                var text = QueryText.Normalize(item.Query);
                if (text.Length > 0)
                {
                    Add(new IndexedQuery(suite, item, text, PhrasingPattern.Pad(text)));
                }
            }
        }
    }

    /// <summary>Each run of words of <paramref name="text"/> (normalised) that stands in a query, with those queries.</summary>
    public IEnumerable<(string Run, IReadOnlyList<IndexedQuery> Queries)> SharedRuns(string text)
    {
        foreach (var (start, length) in Runs(text))
        {
            if (_runsBySpan.TryGetValue(text.AsSpan(start, length), out var queries))
            {
                yield return (text.Substring(start, length), queries);
            }
        }
    }

    /// <summary>The queries that are the phrasing with its slots filled.</summary>
    public IEnumerable<IndexedQuery> Matches(PhrasingPattern pattern)
    {
        var candidates = !pattern.HasSlots ? Find(_texts, pattern.Pieces[0])
            : pattern.Pieces[0].Length > 0 ? Find(_firsts, FirstWord(pattern.Pieces[0]))
            : pattern.Pieces[^1].Length > 0 ? Find(_lasts, LastWord(pattern.Pieces[^1]))
            : _all;
        return candidates.Where(query => pattern.Matches(query.Padded));
    }

    void Add(IndexedQuery query)
    {
        _all.Add(query);
        Put(_texts, query.Text, query);
        Put(_firsts, FirstWord(query.Text), query);
        Put(_lasts, LastWord(query.Text), query);
        foreach (var (start, length) in Runs(query.Text))
        {
            Put(_runs, query.Text.Substring(start, length), query);
        }
    }

    IEnumerable<(int Start, int Length)> Runs(string text)
    {
        if (text.Length == 0)
        {
            yield break;
        }

        var starts = new Queue<int>([0]);
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && text[at] != ' ')
            {
                continue;
            }

            if (starts.Count == _runLength)
            {
                var start = starts.Dequeue();
                yield return (start, at - start);
            }

            starts.Enqueue(at + 1);
        }
    }

    static void Put(Dictionary<string, List<IndexedQuery>> map, string key, IndexedQuery query)
    {
        if (!map.TryGetValue(key, out var queries))
        {
            map.Add(key, queries = []);
        }

        queries.Add(query);
    }

    static List<IndexedQuery> Find(Dictionary<string, List<IndexedQuery>> map, string key) => map.GetValueOrDefault(key) ?? [];

    static string FirstWord(string text) => text.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var at ? text[..at] : text;

    static string LastWord(string text) => text[(text.LastIndexOf(' ') + 1)..];
}
