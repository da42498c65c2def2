using NeedleBench.Harness.Scoring;

namespace NeedleBench.Harness.Tests.Scoring;

public class StrictMatcherTests
{
    const string Timer = """[{"name":"timer","arguments":{"minutes":[5],"label":["tea",null]}}]""";

    [Theory]
    [InlineData("""[{"name":"timer","arguments":{"minutes":5}}]""", true)]
    [InlineData("""[{"name":"timer","arguments":{"label":"tea","minutes":5}}]""", true)]
    [InlineData("""[{"name":"timer","arguments":{"minutes":9,"minutes":5}}]""", true)]
    [InlineData("""[{"name":"timer","arguments":{"minutes":5,"minutes":9}}]""", false)]
    [InlineData("""[{"name":"timer","arguments":{"minutes":5,"label":"coffee"}}]""", false)]
    [InlineData("""[{"name":"timer","arguments":{"minutes":5,"label":null}}]""", false)]
    [InlineData("""[{"name":"timer","arguments":{"label":"tea"}}]""", false)]
    [InlineData("""[{"name":"timer","arguments":{"minutes":5,"loud":true}}]""", false)]
    [InlineData("""[{"name":"timer","arguments":{"Minutes":5}}]""", false)]
    [InlineData("""[{"name":"Timer","arguments":{"minutes":5}}]""", false)]
    [InlineData("""[{"name":"timer","arguments":{"minutes":5}},{"name":"timer","arguments":{"minutes":5}}]""", false)]
    [InlineData("[]", false)]
    public void A_call_is_right_in_name_and_all_arguments_or_not_at_all(string calls, bool exact) =>
        Assert.Equal(exact, Sample.Match(Timer, calls).IsExact);

    [Fact]
    public void Refusing_is_exact_where_no_call_is_right() => Assert.True(Sample.Match("[]", "[]").IsExact);

    [Theory]
    [InlineData("1", "2", 0, 1)]
    [InlineData("2", "1", 1, 0)]
    public void Two_calls_match_in_either_order(string first, string second, int firstExpected, int secondExpected)
    {
        var match = Sample.Match(
            """[{"name":"timer","arguments":{"minutes":[1]}},{"name":"timer","arguments":{"minutes":[2]}}]""",
            $$$"""[{"name":"timer","arguments":{"minutes":{{{first}}}}},{"name":"timer","arguments":{"minutes":{{{second}}}}}]""");

        Assert.True(match.IsExact);
        Assert.Equal([firstExpected, secondExpected], match.Calls.Select(c => c.Expected));
    }

    [Fact]
    public void The_assignment_is_optimal_where_taking_the_first_fit_is_not()
    {
        // minutes=1 fits both expectations, minutes=2 only the first: first fit would give that away.
        var match = Sample.Match(
            """[{"name":"timer","arguments":{"minutes":[1,2]}},{"name":"timer","arguments":{"minutes":[1]}}]""",
            """[{"name":"timer","arguments":{"minutes":1}},{"name":"timer","arguments":{"minutes":2}}]""");

        Assert.True(match.IsExact);
        Assert.Equal([1, 0], match.Calls.Select(c => c.Expected));
    }

    [Fact]
    public void A_chain_of_reassignments_is_followed_to_its_end()
    {
        var match = Sample.Match(
            """
            [{"name":"timer","arguments":{"minutes":[1,2]}},{"name":"timer","arguments":{"minutes":[2,3]}},
             {"name":"timer","arguments":{"minutes":[3,4]}},{"name":"timer","arguments":{"minutes":[4]}}]
            """,
            """
            [{"name":"timer","arguments":{"minutes":2}},{"name":"timer","arguments":{"minutes":3}},
             {"name":"timer","arguments":{"minutes":4}},{"name":"timer","arguments":{"minutes":1}}]
            """);

        Assert.True(match.IsExact);
        Assert.Equal([1, 2, 3, 0], match.Calls.Select(c => c.Expected));
    }

    [Fact]
    public void Each_argument_gets_its_verdict()
    {
        var match = Sample.Match(
            """[{"name":"timer","arguments":{"minutes":[5],"label":["tea"],"when":["now"]}}]""",
            """[{"name":"timer","arguments":{"colour":"red","loud":true,"label":"coffee","minutes":5.0}}]""");

        Assert.Equal(
            [
                new("colour", ArgumentVerdict.Invented), new("loud", ArgumentVerdict.Unexpected),
                new("label", ArgumentVerdict.WrongValue), new("minutes", ArgumentVerdict.Correct),
                new("when", ArgumentVerdict.Missing),
            ],
            Assert.Single(match.Calls).Arguments);
    }

    [Fact]
    public void A_wrong_call_is_judged_by_the_closest_expected_call_left()
    {
        // The second expectation is taken by an exact match; of the others the third is one fault away, the first two.
        var match = Sample.Match(
            """
            [{"name":"timer","arguments":{"minutes":[1],"label":["a"]}},{"name":"timer","arguments":{"minutes":[7],"label":["c"]}},
             {"name":"timer","arguments":{"minutes":[2],"label":["b"]}}]
            """,
            """[{"name":"timer","arguments":{"minutes":7,"label":"b"}},{"name":"timer","arguments":{"minutes":7,"label":"c"}}]""");

        Assert.Equal([2, 1], match.Calls.Select(c => c.Expected));
        Assert.Equal([false, true], match.Calls.Select(c => c.Exact));
        Assert.Equal(
            [new("minutes", ArgumentVerdict.WrongValue), new("label", ArgumentVerdict.Correct)], match.Calls[0].Arguments);
    }

    [Fact]
    public void A_call_without_a_counterpart_is_judged_by_its_schema_alone()
    {
        var match = Sample.Match(
            Timer,
            """[{"name":"note","arguments":{"text":"x","size":1}},{"name":"siren","arguments":{"text":"x"}}]""");

        Assert.Equal([null, null], match.Calls.Select(c => c.Expected));
        Assert.Equal([new("text", ArgumentVerdict.Unexpected), new("size", ArgumentVerdict.Invented)], match.Calls[0].Arguments);
        Assert.Empty(match.Calls[1].Arguments);
        Assert.Equal((true, false), (match.Calls[0].Offered, match.Calls[1].Offered));
    }

    [Fact]
    public void Arguments_that_are_no_object_are_refused()
    {
        var prepared = PreparedCase.Of(Sample.Case(Timer));
        ToolCall[] calls = [new("timer", default)];

        Assert.Contains("call 0 ('timer')", Assert.Throws<InputException>(() => StrictMatcher.Match(prepared, calls)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_string_that_is_no_text_breaks_the_schema_and_nothing_else()
    {
        var call = Assert.Single(Sample.Match(
            """[{"name":"note","arguments":{"text":["x"]}}]""",
            """[{"name":"note","arguments":{"text":"\ud800","\udc00":1}}]""").Calls);

        Assert.False(call.SchemaValid);
        Assert.Equal([new("text", ArgumentVerdict.WrongValue), new("\\udc00", ArgumentVerdict.Invented)], call.Arguments);
    }
}
