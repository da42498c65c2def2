using System.CommandLine;
using NeedleBench.San.Checkpoints;
using NeedleBench.Tokenizers;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench models import</c>: Needle's <c>needle.pkl</c> becomes a checkpoint folder. Nothing in the pickle runs.</summary>
static class ModelsImportCommand
{
    public static Command Create(Terminal terminal)
    {
        var pickle = new Argument<string>("pickle") { Description = "Needle's checkpoint, e.g. needle.pkl." };
        var tokenizer = new Option<string>("--tokenizer") { Description = "Its SentencePiece model, e.g. needle.model.", HelpName = "file", Required = true };
        var output = new Option<string>("--out") { Description = "The folder to make; must not exist.", HelpName = "folder", Required = true };
        var dtype = new Option<SafetensorsDtype>("--dtype")
        {
            Description = "How the weights are stored. Default: F16, as they are in Needle's file.",
            DefaultValueFactory = _ => SafetensorsDtype.F16,
        };
        var command = new Command("import", "Turn a needle.pkl into a checkpoint folder. Reads data only: a pickle that wants to run code is refused.")
        {
            pickle, tokenizer, output, dtype,
        };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetRequiredValue(output);
            if (Path.Exists(folder))
            {
                throw new InputException("the folder exists already", "Name a new one.", folder);
            }

            var weights = NeedlePickleImport.Import(parsed.GetRequiredValue(pickle));
            var tokenizerFile = parsed.GetRequiredValue(tokenizer);
            CheckTokenizer(tokenizerFile, weights.Config.VocabularySize);
            SanCheckpoint.Save(weights, folder, parsed.GetValue(dtype));
            File.Copy(tokenizerFile, Path.Combine(folder, SanCheckpoint.TokenizerFiles[0]));
            foreach (var name in weights.UnknownTensors)
            {
                terminal.Error.WriteLine($"Left out, not known: {name}");
            }

            terminal.Out.WriteLine($"san:{folder}");
            return ExitCodes.Fine;
        });
        return command;
    }

    // Before anything is written: a folder without a usable tokenizer is no model.
    static void CheckTokenizer(string file, int vocabularySize)
    {
        SentencePieceTokenizer tokenizer;
        try
        {
            tokenizer = SentencePieceTokenizer.Load(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InputException($"the tokenizer cannot be used ({e.Message.TrimEnd('.')})", "Name the SentencePiece model that came with the pickle.", file, inner: e);
        }

        if (tokenizer.VocabularySize > vocabularySize)
        {
            throw new InputException(
                $"the tokenizer has {tokenizer.VocabularySize} pieces, the model's vocabulary {vocabularySize}", "Name the SentencePiece model that came with the pickle.", file);
        }
    }
}
