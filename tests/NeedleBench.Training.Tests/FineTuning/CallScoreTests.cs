using NeedleBench.Training.FineTuning;
using static NeedleBench.Training.Tests.FineTuning.TuningExamples;

namespace NeedleBench.Training.Tests.FineTuning;

public class CallScoreTests
{
    [Fact]
    public void Order_of_calls_and_members_and_spelling_of_numbers_do_not_matter()
    {
        var score = CallScore.Of(
            [Call("b", "{}"), Call("a", """{"y":"t","x":2.0}""")], [Call("a", """{"x":2,"y":"t"}"""), Call("b", "{}")]);

        Assert.Equal(new CallScore(1, 1, 1, 2, 2, 2), score);
    }

    [Fact]
    public void A_call_counts_once_and_one_too_many_is_not_exact()
    {
        var score = CallScore.Of([Call("a", "{}"), Call("a", "{}")], [Call("a", "{}")]);

        Assert.Equal(new CallScore(1, 0, 1, 1, 2, 1), score);
        Assert.Equal(2.0 / 3, score.CallF1, 12);
    }

    [Fact]
    public void What_cannot_be_read_has_no_calls_and_is_not_a_refusal()
    {
        Assert.Equal(new CallScore(1, 0, 0, 0, 0, 0), CallScore.Of(null, []));
        Assert.Equal(new CallScore(1, 1, 1, 0, 0, 0), CallScore.Of([], []));
    }

    [Fact]
    public void Sums_give_the_f1_over_calls_not_the_mean_over_examples()
    {
        // 2 of 3 calls right, 4 expected: 2·2 / (3 + 4).
        var sum = CallScore.Of([Call("a", "{}"), Call("b", "{}")], [Call("a", "{}"), Call("b", "{}"), Call("c", "{}")])
            + CallScore.Of([Call("a", """{"x":"2"}""")], [Call("a", """{"x":2}""")]);

        Assert.Equal(4.0 / 7, sum.CallF1, 12);
        Assert.Equal((2, 0, 2), (sum.Examples, sum.Exact, sum.Parsed));
    }
}
