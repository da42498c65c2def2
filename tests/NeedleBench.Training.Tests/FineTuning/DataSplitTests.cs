using NeedleBench.Training.FineTuning;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.Tests.FineTuning;

public class DataSplitTests
{
    static readonly List<SyntheticExample> Mixed =
        [.. TuningExamples.Of("ring", 100), .. TuningExamples.Of("light", 50), .. TuningExamples.Refusals(30)];

    [Theory]
    [InlineData("ring", 80, 10, 10)]
    [InlineData("light", 40, 5, 5)]
    [InlineData("[]", 24, 3, 3)]
    public void Each_tool_and_the_refusals_are_split_on_their_own(string group, int train, int validation, int test)
    {
        var split = DataSplit.Create(Mixed, seed: 1);

        Assert.Equal((train, validation, test), (In(split.Train, group), In(split.Validation, group), In(split.Test, group)));
    }

    [Theory]
    [InlineData(1, 1, 0, 0)]
    [InlineData(2, 2, 0, 0)]
    [InlineData(3, 1, 1, 1)]
    [InlineData(7, 5, 1, 1)]
    [InlineData(15, 11, 2, 2)]
    public void A_small_group_has_one_for_each_part_from_three_on(int count, int train, int validation, int test)
    {
        var split = DataSplit.Create(TuningExamples.Of("ring", count), seed: 1);

        Assert.Equal((train, validation, test), (split.Train.Count, split.Validation.Count, split.Test.Count));
    }

    [Fact]
    public void The_order_of_the_data_changes_nothing()
    {
        var shuffled = Mixed.ToArray();
        new SeededRandom(9).Shuffle(shuffled.AsSpan());
        var (a, b) = (DataSplit.Create(Mixed, seed: 1), DataSplit.Create(shuffled, seed: 1));

        Assert.NotEqual(Lines(Mixed), Lines(shuffled));
        Assert.Equal(Lines(a.Train), Lines(b.Train));
        Assert.Equal(Lines(a.Validation), Lines(b.Validation));
        Assert.Equal(Lines(a.Test), Lines(b.Test));
    }

    [Fact]
    public void Another_seed_tests_with_other_examples() =>
        Assert.NotEqual(Lines(DataSplit.Create(Mixed, 1).Test), Lines(DataSplit.Create(Mixed, 2).Test));

    [Fact]
    public void Equal_requests_stay_together_whatever_tools_stand_beside()
    {
        var beside = Mixed.Select(e => e with { Tools = [TuningExamples.Tool("other"), .. e.Tools] });
        List<SyntheticExample> data = [.. Mixed, .. beside, .. Mixed];
        var split = DataSplit.Create(data, seed: 1);
        string[][] parts = [.. new[] { split.Train, split.Validation, split.Test }.Select(p => p.Select(e => e.Query).Distinct().ToArray())];

        Assert.Equal(data.Count, split.Train.Count + split.Validation.Count + split.Test.Count);
        Assert.Equal(Mixed.Count, parts.Sum(p => p.Length));
        Assert.Equal(Mixed.Count, parts.SelectMany(p => p).Distinct().Count());
        Assert.Equal(3 * 18, split.Test.Count);
    }

    [Fact]
    public void The_parts_are_written_as_files_that_hold_every_example()
    {
        using var folder = new TemporaryFolder();
        var split = DataSplit.Create(Mixed, seed: 1);
        split.Write(folder.Path);

        Assert.Equal(Lines(split.Test), Lines(NeedleJsonl.Read(folder.File("test.jsonl"))));
        Assert.Equal(
            Lines(Mixed).Order(StringComparer.Ordinal),
            new[] { "train", "validation", "test" }.SelectMany(p => Lines(NeedleJsonl.Read(folder.File($"{p}.jsonl")))).Order(StringComparer.Ordinal));
    }

    static int In(IReadOnlyList<SyntheticExample> part, string group) =>
        part.Count(e => (e.Calls.Count == 0 ? "[]" : e.Calls[0].Name) == group);

    static IEnumerable<string> Lines(IEnumerable<SyntheticExample> examples) => examples.Select(NeedleJsonl.Line);
}
