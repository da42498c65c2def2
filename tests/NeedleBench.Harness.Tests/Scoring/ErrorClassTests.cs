using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;

namespace NeedleBench.Harness.Tests.Scoring;

public class ErrorClassTests
{
    const string Note = """[{"name":"note","arguments":{"text":["x"],"list":["home"],"pinned":[true,null]}}]""";
    const string Timer = """[{"name":"timer","arguments":{"minutes":[5]}}]""";
    const string Both = """[{"name":"timer","arguments":{"minutes":[5]}},{"name":"note","arguments":{"text":["x"]}}]""";

    [Theory]
    [InlineData(ErrorClass.None, Timer, """[{"name":"timer","arguments":{"minutes":5}}]""")]
    [InlineData(ErrorClass.None, "[]", "[]")]
    [InlineData(ErrorClass.MissedCall, Timer, "[]")]
    [InlineData(ErrorClass.UnwantedCall, "[]", """[{"name":"timer","arguments":{"minutes":5}}]""")]
    [InlineData(ErrorClass.UnknownTool, Timer, """[{"name":"siren","arguments":{}}]""")]
    [InlineData(ErrorClass.WrongTool, Timer, """[{"name":"note","arguments":{"text":"x"}}]""")]
    [InlineData(ErrorClass.WrongTool, Both, """[{"name":"timer","arguments":{"minutes":5}},{"name":"timer","arguments":{"minutes":5}}]""")]
    [InlineData(ErrorClass.WrongCount, Both, """[{"name":"timer","arguments":{"minutes":5}}]""")]
    [InlineData(ErrorClass.WrongCount, Timer, """[{"name":"timer","arguments":{"minutes":5}},{"name":"timer","arguments":{"minutes":5}}]""")]
    [InlineData(ErrorClass.SchemaInvalid, Timer, """[{"name":"timer","arguments":{"minutes":"5"}}]""")]
    [InlineData(ErrorClass.InventedArgument, Note, """[{"name":"note","arguments":{"text":"x","list":"home","size":2}}]""")]
    [InlineData(ErrorClass.MissingArgument, Note, """[{"name":"note","arguments":{"text":"x"}}]""")]
    [InlineData(ErrorClass.UnexpectedArgument, Timer, """[{"name":"timer","arguments":{"minutes":5,"loud":true}}]""")]
    [InlineData(ErrorClass.WrongValue, Timer, """[{"name":"timer","arguments":{"minutes":6}}]""")]
    public void Each_class_has_its_example(ErrorClass expected, string accepted, string answer) =>
        Assert.Equal(expected, Score(accepted, Sample.Answer(answer)));

    [Theory]
    [InlineData(ErrorClass.UnwantedCall, "[]", """[{"name":"siren","arguments":{}}]""")]
    [InlineData(ErrorClass.UnknownTool, Timer, """[{"name":"note","arguments":{}},{"name":"siren","arguments":{}}]""")]
    [InlineData(ErrorClass.WrongTool, Timer, """[{"name":"timer","arguments":{"minutes":5}},{"name":"note","arguments":{}}]""")]
    [InlineData(ErrorClass.WrongTool, Timer, """[{"name":"note","arguments":{"text":1,"size":2}}]""")]
    [InlineData(ErrorClass.WrongCount, Timer, """[{"name":"timer","arguments":{}},{"name":"timer","arguments":{"minutes":"x"}}]""")]
    [InlineData(ErrorClass.SchemaInvalid, Timer, """[{"name":"timer","arguments":{"minutes":5,"size":1}}]""")]
    [InlineData(ErrorClass.SchemaInvalid, Timer, """[{"name":"timer","arguments":{"label":"tea"}}]""")]
    [InlineData(ErrorClass.InventedArgument, Note, """[{"name":"note","arguments":{"text":"y","pinned":false,"size":2}}]""")]
    [InlineData(ErrorClass.MissingArgument, Note, """[{"name":"note","arguments":{"text":"y","pinned":false}}]""")]
    [InlineData(ErrorClass.UnexpectedArgument, Timer, """[{"name":"timer","arguments":{"minutes":6,"loud":true}}]""")]
    public void The_first_class_that_applies_is_named(ErrorClass expected, string accepted, string answer) =>
        Assert.Equal(expected, Score(accepted, Sample.Answer(answer)));

    [Fact]
    public void Other_calls_that_are_right_do_not_lend_their_faults()
    {
        // The exact call breaks its schema because the suite does; the class speaks of the call that is wrong.
        const string Expected = """[{"name":"timer","arguments":{"minutes":["soon"]}},{"name":"note","arguments":{"text":["x"]}}]""";

        Assert.Equal(ErrorClass.WrongValue, Score(
            Expected, Sample.Answer("""[{"name":"timer","arguments":{"minutes":"soon"}},{"name":"note","arguments":{"text":"y"}}]""")));
    }

    [Theory]
    [InlineData(Timer)]
    [InlineData("[]")]
    public void An_answer_that_cannot_be_read_is_never_a_refusal(string accepted)
    {
        var unread = Sample.Answer("[]") with { Failure = new ParseFailure(ParseFailureKind.NotJson, "d") };

        Assert.Equal(ErrorClass.ParseFailure, Score(accepted, unread));
        Assert.Equal(ErrorClass.ModelError, Score(accepted, unread with { Error = "out of memory" }));
        Assert.Equal(ErrorClass.ModelError, Score(accepted, Sample.Answer("[]") with { Error = "out of memory" }));
    }

    static ErrorClass Score(string accepted, Prediction prediction) =>
        Scorer.Score(PreparedCase.Of(Sample.Case(accepted)), prediction).ErrorClass;
}
