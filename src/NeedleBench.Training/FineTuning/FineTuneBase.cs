using NeedleBench.San;
using NeedleBench.San.Checkpoints;

namespace NeedleBench.Training.FineTuning;

/// <summary>The checkpoint that fine-tuning begins from, and its tokenizer's file, which the result takes over.</summary>
/// <param name="Model">Weights, tokenizer, hash.</param>
/// <param name="TokenizerFile">The bytes of its SentencePiece model.</param>
public sealed record FineTuneBase(SanModelSource Model, ReadOnlyMemory<byte> TokenizerFile)
{
    /// <summary>Opens the base by its spec, <c>san:NAME</c> or <c>san:FOLDER</c>.</summary>
    /// <exception cref="InputException">It is no SAN, has options, or cannot be opened.</exception>
    public static FineTuneBase Open(string spec)
    {
        var parsed = ModelSpec.Parse(spec);
        if (parsed.Scheme != "san" || parsed.Options.Count > 0)
        {
            throw new InputException($"'{spec}' cannot be fine-tuned", "Give a SAN without options, as san:san-nano or san:<checkpoint folder>.");
        }

        var model = SanModelSource.Open(parsed.Rest);
        return new FineTuneBase(model, EmbeddedModels.Names.Contains(parsed.Rest)
            ? EmbeddedModels.Read(parsed.Rest, SanCheckpoint.TokenizerFiles[0])
            : File.ReadAllBytes(SanCheckpoint.FindTokenizer(parsed.Rest)));
    }
}
