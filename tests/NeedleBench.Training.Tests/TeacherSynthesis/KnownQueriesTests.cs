using NeedleBench.Training.TeacherSynthesis;

namespace NeedleBench.Training.Tests.TeacherSynthesis;

public class KnownQueriesTests
{
    // ROUGE-L F1 by hand: 2 · (longest common subsequence of words) / (sum of the words).
    [Theory]
    [InlineData("Set a timer, please!", "set   a TIMER please", RejectionReason.Duplicate)]
    [InlineData("set a timer for 10 minutes", "set a timer for 5 minutes", null)] // 10/12 = 0.833
    [InlineData("please set a timer for 10 minutes", "please set a timer for 5 minutes", RejectionReason.NearDuplicate)] // 12/14 = 0.857
    [InlineData("one two three four five six seven", "seven six five four three two one", null)] // 2/14: the order counts
    [InlineData("明日の東京の天気は", "明日の東京の天気を", RejectionReason.NearDuplicate)] // 16/18
    [InlineData("明日の東京の天気は", "七時に起こして", null)]
    public void A_request_is_new_where_it_is_far_enough_from_all_before(string first, string second, RejectionReason? expected)
    {
        var known = new KnownQueries(0.85);

        Assert.Null(known.TryAdd(first));
        Assert.Equal(expected, known.TryAdd(second));
    }

    [Fact]
    public void What_was_rejected_is_not_remembered()
    {
        var known = new KnownQueries(0.8);
        known.Add("a b c d e");

        Assert.Equal(RejectionReason.NearDuplicate, known.TryAdd("a b c d x")); // 8/10
        Assert.Null(known.TryAdd("a b y d x")); // 6/10 with the first, 8/10 with the rejected
    }
}
