using NeedleBench.Tokenizers.HuggingFace.Decoding;
using NeedleBench.Tokenizers.HuggingFace.PreTokenization;

namespace NeedleBench.Tokenizers.HuggingFace;

/// <summary>What a tokenizer consists of, whichever files it was read from.</summary>
sealed record TokenizerParts(
    MergeModel Model,
    IReadOnlyList<AddedToken> AddedTokens,
    IReadOnlyList<Func<string, string>> Normalizers,
    IReadOnlyList<IPreTokenizer> PreTokenizers,
    Frame Frame,
    DecoderChain Decoder);
