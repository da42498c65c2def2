using System.CommandLine;
using NeedleBench.Training.Synthesis;
using NeedleBench.Training.TokenizerTraining;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench tokenizer train</c>: a SentencePiece BPE model from a corpus or from text files.</summary>
static class TokenizerCommand
{
    public static Command Create(Terminal terminal) => new("tokenizer", "Train tokenizers.") { Train(terminal) };

    static Command Train(Terminal terminal)
    {
        var texts = new Argument<string[]>("text-file") { Description = "Files of text, a sample a line; the training corpus where none is given.", Arity = ArgumentArity.ZeroOrMore };
        var corpus = SharedOptions.Corpus();
        var vocabulary = new Option<int?>("--vocabulary") { Description = "Number of pieces. Default: 4096.", HelpName = "n" }.AtLeast(1);
        var output = new Option<string>("--out") { Description = "The file to write, e.g. tokenizer.model.", HelpName = "file", Required = true };
        var command = new Command("train", "Train a SentencePiece-compatible BPE tokenizer with byte fallback.") { texts, corpus, vocabulary, output };
        command.SetAction((parsed, cancellationToken) =>
        {
            var files = parsed.GetValue(texts) ?? [];
            var samples = files.Length > 0
                ? files.SelectMany(f => InputFile.Read(f, "Name files of text, a sample a line.").Split('\n'))
                : CorpusTexts.Of(CorpusReader.Read(parsed.GetValue(corpus)!), new SynthesisOptions(), seed: 1);
            var defaults = new TokenizerTrainingOptions();
            var trained = TokenizerTrainer.Train(
                samples, defaults with { VocabularySize = parsed.GetValue(vocabulary) ?? defaults.VocabularySize }, cancellationToken);
            trained.Save(parsed.GetRequiredValue(output));
            terminal.Out.WriteLine($"{parsed.GetRequiredValue(output)}: {trained.Pieces.Count} pieces, {trained.MergeCount} of them merged");
            return Task.FromResult(ExitCodes.Fine);
        });
        return command;
    }
}
