namespace NeedleBench.Tokenizers.HuggingFace.Decoding;

/// <summary>Puts a space between tokens: what a tokenizer without a decoder does.</summary>
sealed class JoinSink(ITokenSink next) : ITokenSink
{
    bool _isFirst = true;

    public void Add(string token)
    {
        next.Add(_isFirst ? token : " " + token);
        _isFirst = false;
    }

    public void End() => next.End();
}
