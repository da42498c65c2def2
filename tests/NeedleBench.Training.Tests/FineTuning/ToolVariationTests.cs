using NeedleBench.Training.FineTuning;
using NeedleBench.Training.Synthesis;
using NeedleBench.Training.Tests.Synthesis;
using static NeedleBench.Training.Tests.FineTuning.TuningExamples;

namespace NeedleBench.Training.Tests.FineTuning;

public class ToolVariationTests
{
    static readonly SyntheticExample Example =
        new("book padel for nine", [Tool("book_padel", "Reserve a padel court.")], [Call("book_padel", """{"n":9}""")]);

    static readonly SyntheticExample Twin =
        new("padel at nine", [Tool("reserve_padel", "Reserve the padel court.")], [Call("reserve_padel", """{"n":9}""")]);

    static readonly SyntheticExample Other =
        new("ring the bell twice", [Tool("ring", "Sound a bell.")], [Call("ring", """{"n":2}""")]);

    [Fact]
    public void Tools_are_added_and_shuffled_and_the_called_one_stays()
    {
        var variation = new ToolVariation([Example], TestCorpus.Repository, mostTools: 4);
        var varied = Enumerable.Range(0, 50).Select(i => variation.Vary(Example, new SeededRandom(1, i))).ToList();

        Assert.All(varied, e =>
        {
            Assert.InRange(e.Tools.Count, 2, 4);
            Assert.Equal(e.Tools.Count, e.Tools.Select(t => SnakeCaseName.From(t.Name)).Distinct().Count());
            Assert.Single(e.Tools, Example.Tools[0]);
            Assert.Equal((Example.Query, Example.Calls), (e.Query, e.Calls));
        });
        Assert.True(varied.Select(e => e.Tools.ToList().IndexOf(Example.Tools[0])).Distinct().Count() > 2);
        Assert.Equal(varied[7].Tools, variation.Vary(Example, new SeededRandom(1, 7)).Tools);
    }

    [Fact]
    public void Of_the_users_tools_one_that_could_serve_as_well_never_stands_beside()
    {
        var variation = new ToolVariation([Example, Twin, Other], corpus: null, mostTools: 8);
        var beside = Enumerable.Range(0, 50)
            .SelectMany(i => variation.Vary(Example, new SeededRandom(1, i)).Tools).Select(t => t.Name).ToHashSet();

        Assert.Contains("ring", beside);
        Assert.DoesNotContain("reserve_padel", beside);
    }

    [Fact]
    public void A_refusal_is_never_given_a_tool_for_what_it_asks()
    {
        var variation = new ToolVariation([Example, Other], corpus: null, mostTools: 8);
        var refusal = new SyntheticExample("is the padel court wet", [], []);
        var beside = Enumerable.Range(0, 50)
            .SelectMany(i => variation.Vary(refusal, new SeededRandom(1, i)).Tools).Select(t => t.Name).ToHashSet();

        Assert.Equal(["ring"], beside);
    }

    [Fact]
    public void A_replayed_example_is_shown_beside_the_users_tool_unless_it_could_serve()
    {
        var variation = new ToolVariation([Example], TestCorpus.Repository, mostTools: 8);

        Assert.Contains(Example.Tools[0], variation.WithOwn(Other, new SeededRandom(1)).Tools);
        Assert.Equal(Twin, variation.WithOwn(Twin, new SeededRandom(1)));
    }
}
