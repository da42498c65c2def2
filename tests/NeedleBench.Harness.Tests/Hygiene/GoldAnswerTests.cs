using System.Text.Json;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Tests.Hygiene;

public class GoldAnswerTests
{
    static IReadOnlyList<SuiteFinding> Check(AcceptedValues value)
    {
        var tool = new ToolDefinition("t", "", JsonElement.Parse("""{"type":"object","properties":{"a":{}}}"""));
        var call = new ExpectedCall("t", new Dictionary<string, AcceptedValues> { ["a"] = value });
        return SuiteValidator.Validate([new Suite("s", "T", "L", "1", "en", "s", [tool], [new SuiteCase("s/001", "q", [tool], [call], "terse", [], 1)])]);
    }

    // 63 arrays in each other fit a line of cases.jsonl, but not one more level of call and arguments around them.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Finds_an_answer_that_no_model_could_give(bool mayBeOmitted)
    {
        var value = JsonElement.Parse(new string('[', 63) + new string(']', 63));
        var finding = Assert.Single(Check(new AcceptedValues([value], mayBeOmitted)));
        Assert.Contains("its own first answer is not scored as right", finding.Message, StringComparison.Ordinal);
        Assert.Equal(1, finding.Line);
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("\"Zoe\\u0308\"")]
    [InlineData("{\"b\":[1,{\"c\":null}]}")]
    public void Passes_answers_that_are_only_unusual(string value) => Assert.Empty(Check(new AcceptedValues([JsonElement.Parse(value)], true)));
}
