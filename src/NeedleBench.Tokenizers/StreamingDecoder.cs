using NeedleBench.Tokenizers.HuggingFace.Decoding;

namespace NeedleBench.Tokenizers;

/// <summary>
/// Decodes ids as they come: <see cref="HuggingFaceTokenizer.StartDecoding"/> makes one. What it gives, put together, is what
/// <see cref="HuggingFaceTokenizer.Decode"/> makes of all the ids. For one thread.
/// </summary>
public sealed class StreamingDecoder
{
    readonly HuggingFaceTokenizer _tokenizer;
    readonly bool _skipSpecialTokens;
    readonly TextSink _text = new();
    readonly ITokenSink _chain;

    internal StreamingDecoder(HuggingFaceTokenizer tokenizer, DecoderChain chain, bool skipSpecialTokens)
    {
        _tokenizer = tokenizer;
        _skipSpecialTokens = skipSpecialTokens;
        _chain = chain(_text);
    }

    /// <summary>The text that is settled by this id: empty while a character's bytes are incomplete.</summary>
    public string Add(int id)
    {
        Put(id);
        return _text.Take();
    }

    /// <summary>The text that was held back: bytes that never became a character give U+FFFD. No id may follow.</summary>
    public string Finish()
    {
        _chain.End();
        return _text.Take();
    }

    internal void Put(int id)
    {
        if (_tokenizer.TokenOf(id) is { } token && !(_skipSpecialTokens && _tokenizer.IsSpecial(id)))
        {
            _chain.Add(token);
        }
    }
}
