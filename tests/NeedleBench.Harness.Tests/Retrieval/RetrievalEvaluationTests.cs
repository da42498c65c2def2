using System.Text.Json;
using NeedleBench.Harness.Retrieval;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Tests.Retrieval;

public class RetrievalEvaluationTests
{
    static readonly JsonElement NoParameters = JsonSerializer.Deserialize<JsonElement>("{}");

    static readonly ToolDefinition[] Tools = [.. Enumerable.Range(0, 30).Select(i => new ToolDefinition($"tool_{i}", "", NoParameters))];

    [Fact]
    public void Recall_and_reciprocal_rank_are_those_of_a_hand_calculation()
    {
        // Ranks 1; 3 and 6; a refusal, which does not count.
        Suite[] suites =
        [
            Suite("a", Case("a/1", CaseTags.SeenTools, 0), Case("a/2", CaseTags.UnseenTools, 2, 5)),
            Suite("b", Case("b/1", CaseTags.SeenTools)),
        ];

        var rows = RetrievalEvaluation.Run(new ByNumber(), suites, offered: 30).ToDictionary(r => r.Group);

        Assert.Equal([RetrievalEvaluation.All, CaseTags.SeenTools, CaseTags.UnseenTools, "style:terse", "a"], rows.Keys);
        var all = rows[RetrievalEvaluation.All];
        Assert.Equal(2, all.Cases);
        Assert.Equal([0.5, 0.5, 0.75, 0.75, 0.75], all.Recall);
        Assert.Equal(1, all.AllInTop5);
        Assert.Equal((1 + (1.0 / 3)) / 2, all.MeanReciprocalRank, 1e-12);
        Assert.Equal(1, rows[CaseTags.SeenTools].Recall[0]);
    }

    [Fact]
    public void Each_case_offers_its_own_tools_and_others_without_twins_and_always_the_same()
    {
        Suite[] suites = [Suite("a", Case("a/1", "x", 7, 29)), Suite("b", Case("b/1", "x", 7))];
        var (first, second) = (new Recorder(), new Recorder());

        RetrievalEvaluation.Run(first, suites, offered: 12);
        RetrievalEvaluation.Run(second, suites, offered: 12);

        Assert.Equal(first.Offered, second.Offered);
        Assert.All(first.Offered, names => Assert.Equal(12, names.Distinct().Count()));
        Assert.Contains("tool_29", first.Offered[0]);
        Assert.NotEqual(first.Offered[0], first.Offered[1]);
    }

    [Fact]
    public void Refusals_alone_cannot_be_ranked() =>
        Assert.Throws<InputException>(() => RetrievalEvaluation.Run(new ByNumber(), [Suite("a", Case("a/1", "x"))], 10));

    static Suite Suite(string name, params SuiteCase[] cases) => new(name, name, "", "1", "en", "", Tools, cases);

    static SuiteCase Case(string id, string tag, params int[] called) => new(
        id, "query", [Tools[0], .. called.Where(i => i != 0).Select(i => Tools[i])],
        [.. called.Select(i => new ExpectedCall($"tool_{i}", new Dictionary<string, AcceptedValues>()))], "terse", [tag], 1);

    sealed class ByNumber : IToolRanker
    {
        public bool CanRankTools => true;

        public IReadOnlyList<int> RankTools(string query, IReadOnlyList<ToolDefinition> tools) =>
            [.. tools.Index().OrderBy(t => int.Parse(t.Item.Name[5..], System.Globalization.CultureInfo.InvariantCulture)).Select(t => t.Index)];
    }

    sealed class Recorder : IToolRanker
    {
        public List<string[]> Offered { get; } = [];

        public bool CanRankTools => true;

        public IReadOnlyList<int> RankTools(string query, IReadOnlyList<ToolDefinition> tools)
        {
            Offered.Add([.. tools.Select(t => t.Name)]);
            return [.. Enumerable.Range(0, tools.Count)];
        }
    }
}
