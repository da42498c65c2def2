using System.Security.Cryptography;
using System.Text;
using NeedleBench.Harness.Statistics;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Retrieval;

/// <summary>
/// Offers a model many tools at once, and looks where it ranks those to call. Each case's own tools are among them, so the
/// near twins that a case offers on purpose are there, too; the rest is drawn from all suites.
/// </summary>
public static class RetrievalEvaluation
{
    /// <summary>The name of the group of all cases.</summary>
    public const string All = "all";

    const int DeepestRecall = 5;

    /// <summary>Summaries of all cases, of seen and unseen tools where cases say so, of each style of request, and of each suite.</summary>
    /// <param name="model">Can rank tools.</param>
    /// <param name="suites">Their cases, and their tools as the others.</param>
    /// <param name="offered">Tools a case, its own among them; fewer where the suites have no more.</param>
    /// <param name="cancellationToken">Looked at between cases.</param>
    /// <exception cref="InputException">No case has a tool to call.</exception>
    public static IReadOnlyList<RetrievalSummary> Run(
        IToolRanker model, IReadOnlyList<Suite> suites, int offered, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(suites);
        ToolDefinition[] pool = [.. suites.SelectMany(s => s.Tools).DistinctBy(t => SnakeCaseName.From(t.Name))];
        var ranks = new List<(string Suite, SuiteCase Case, int[] Ranks)>();
        foreach (var suite in suites)
        {
            foreach (var item in suite.Cases.Where(c => !c.IsRefusal))
            {
                cancellationToken.ThrowIfCancellationRequested();
                ranks.Add((suite.Name, item, Ranks(model, item, Offer(item, pool, offered))));
            }
        }

        if (ranks.Count == 0)
        {
            throw new InputException("no case has a tool to call", "Choose a suite with more than refusals.");
        }

        return
        [
            Summarise(All, ranks.Select(r => r.Ranks)),
            .. new[] { CaseTags.SeenTools, CaseTags.UnseenTools }
                .Where(tag => ranks.Exists(r => r.Case.Tags.Contains(tag)))
                .Select(tag => Summarise(tag, ranks.Where(r => r.Case.Tags.Contains(tag)).Select(r => r.Ranks))),
            .. ranks.GroupBy(r => r.Case.Style).OrderBy(g => g.Key)
                .Select(g => Summarise($"style:{g.Key}", g.Select(r => r.Ranks))),
            .. ranks.GroupBy(r => r.Suite).Select(g => Summarise(g.Key, g.Select(r => r.Ranks))),
        ];
    }

    // The same tools in the same order on every machine: the case's id is the seed.
    static List<ToolDefinition> Offer(SuiteCase item, ToolDefinition[] pool, int offered)
    {
        var random = new SplitMix64(BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(item.Id))));
        var tools = item.Tools.ToList();
        var taken = tools.Select(t => SnakeCaseName.From(t.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var i in Shuffled(pool.Length, ref random))
        {
            if (tools.Count >= offered)
            {
                break;
            }

            if (taken.Add(SnakeCaseName.From(pool[i].Name)))
            {
                tools.Add(pool[i]);
            }
        }

        return [.. Shuffled(tools.Count, ref random).Select(i => tools[i])];
    }

    static int[] Shuffled(int count, ref SplitMix64 random)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            var j = (int)Math.BigMul(random.Next(), (ulong)(i + 1), out _);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    // 1-based ranks of the distinct tools to call.
    static int[] Ranks(IToolRanker model, SuiteCase item, List<ToolDefinition> tools)
    {
        var ranked = model.RankTools(item.Query, tools);
        var wanted = item.Expected.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        return [.. ranked.Index().Where(r => wanted.Contains(tools[r.Item].Name)).Select(r => r.Index + 1)];
    }

    static RetrievalSummary Summarise(string group, IEnumerable<int[]> cases)
    {
        var ranks = cases.ToList();
        return new RetrievalSummary(
            group,
            ranks.Count,
            [.. Enumerable.Range(1, DeepestRecall).Select(k => ranks.Average(r => (double)r.Count(rank => rank <= k) / r.Length))],
            ranks.Count(r => r[^1] <= DeepestRecall),
            ranks.Average(r => 1.0 / r[0]));
    }
}
