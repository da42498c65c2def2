using NeedleBench.San.Prompting;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.TokenizerTraining;

/// <summary>
/// The texts that a tokenizer is trained on: those that the model will read and write. Each synthetic example gives its
/// request, its tool list as a model reads it, and the calls that answer it.
/// </summary>
public static class CorpusTexts
{
    /// <summary>Enough for every slot value of the corpus to be said.</summary>
    public const int DefaultExamples = 20_000;

    /// <param name="corpus">The phrasings.</param>
    /// <param name="options">What the examples are like.</param>
    /// <param name="seed">The same seed, corpus and options give the same texts in the same order.</param>
    /// <param name="examples">How many examples, three texts each.</param>
    public static IEnumerable<string> Of(TrainingCorpus corpus, SynthesisOptions options, ulong seed, int examples = DefaultExamples)
    {
        foreach (var example in new ExampleSynthesiser(corpus, options, seed).Stream().Take(examples))
        {
            yield return example.Query;
            yield return ToolListText.Render(example.Tools, new ToolNames(example.Tools));
            yield return ToolCallJson.Write(example.Calls);
        }
    }
}
