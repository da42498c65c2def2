using NeedleBench.Training.Recipes;

namespace NeedleBench.Training.Tests.Recipes;

public class HeldOutEvaluationTests
{
    const string Lock = """[{"name":"lock","arguments":{"door":"front","action":"lock"}}]""";

    [Theory]
    [InlineData("""[{"name":"lock","arguments":{"action":"lock","door":"front"}}]""", true)]
    [InlineData("""[{"name":"lock","arguments":{"door":"front"}}]""", false)]
    [InlineData("""[{"name":"lock","arguments":{"door":"front","action":"unlock"}}]""", false)]
    [InlineData("""[{"name":"lock","arguments":{"door":"front","door":"front"}}]""", false)]
    [InlineData("""[{"name":"door","arguments":{"door":"front","action":"lock"}}]""", false)]
    [InlineData("""[]""", false)]
    public void Calls_are_the_same_whatever_the_order_of_arguments_and_in_nothing_else(string answer, bool same) =>
        Assert.Equal(same, HeldOutEvaluation.AreSame(Parse(answer), Parse(Lock)));

    [Fact]
    public void The_order_of_calls_counts()
    {
        var (first, second) = ("""{"name":"a","arguments":{}}""", """{"name":"b","arguments":{}}""");

        Assert.False(HeldOutEvaluation.AreSame(Parse($"[{first},{second}]"), Parse($"[{second},{first}]")));
    }

    static IReadOnlyList<ToolCall> Parse(string json)
    {
        Assert.True(ToolCallJson.TryParse(json, out var calls, out _));
        return calls;
    }
}
