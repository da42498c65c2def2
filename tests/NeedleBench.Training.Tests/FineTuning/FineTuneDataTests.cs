using NeedleBench.Tokenizers;
using NeedleBench.Training.FineTuning;
using NeedleBench.Training.Synthesis;
using static NeedleBench.Training.Tests.FineTuning.TuningExamples;

namespace NeedleBench.Training.Tests.FineTuning;

public class FineTuneDataTests
{
    static readonly SentencePieceTokenizer Tokenizer = Base(retrieval: false).Model.Tokenizer;

    [Fact]
    public void What_does_not_fit_the_model_is_left_out_and_told_apart()
    {
        var words = string.Concat(Enumerable.Range(0, 1200).Select(i => $" {i}"));
        var longPrompt = new SyntheticExample("x", [Tool("ring", words)], []);
        var longAnswer = new SyntheticExample("x", [Tool("ring")], [.. Enumerable.Range(0, 200).Select(i => Call("ring", $$"""{"n":{{i}}}"""))]);
        var data = FineTuneData.Prepare([longPrompt, .. Of("ring", 10), longAnswer], Tokenizer, seed: 1);

        Assert.Same(longPrompt, Assert.Single(data.PromptTooLong));
        Assert.Same(longAnswer, Assert.Single(data.AnswerTooLong));
        Assert.Equal((8, 1, 1), (data.Split.Train.Count, data.Split.Validation.Count, data.Split.Test.Count));
    }

    [Fact]
    public void A_tool_below_120_examples_is_scarce_and_refusals_never_are()
    {
        var groups = FineTuneData.Prepare([.. Of("ring", 119), .. Of("light", 120), .. Refusals(5)], Tokenizer, seed: 1).Groups;

        Assert.Equal(["[]", "light", "ring"], groups.Select(g => g.Name));
        Assert.Equal([false, false, true], groups.Select(g => g.IsScarce));
        Assert.Equal([5, 120, 119], groups.Select(g => g.Total));
    }

    [Fact]
    public void The_hash_is_of_the_examples_not_of_their_order()
    {
        List<SyntheticExample> examples = [.. Of("ring", 10)];
        var hash = FineTuneData.Prepare(examples, Tokenizer, 1).Hash;

        Assert.Equal(hash, FineTuneData.Prepare(examples.AsEnumerable().Reverse(), Tokenizer, 1).Hash);
        Assert.NotEqual(hash, FineTuneData.Prepare(examples.Skip(1), Tokenizer, 1).Hash);
    }

    [Fact]
    public void A_bad_line_is_named_and_so_is_a_file_with_nothing_to_test_with()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("data.jsonl");
        File.WriteAllLines(file, [.. Of("ring", 5).Select(NeedleJsonl.Line), "{\"query\":\"x\"}"]);
        var bad = Assert.Throws<InputException>(() => FineTuneData.Read(file, Tokenizer, 1));
        NeedleJsonl.Write(file, [.. Of("ring", 2), .. Of("light", 2)]);
        var few = Assert.Throws<InputException>(() => FineTuneData.Read(file, Tokenizer, 1));

        Assert.Equal((file, 6), (bad.File, bad.Line));
        Assert.Contains("4 examples", few.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("other:x")]
    [InlineData("san:san-nano?threads=1")]
    [InlineData("san:/nowhere/at/all")]
    [InlineData("san-nano")]
    public void A_base_that_cannot_be_tuned_is_refused(string spec) => Assert.Throws<InputException>(() => FineTuneBase.Open(spec));
}
