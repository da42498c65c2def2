using NeedleBench.Tokenizers.HuggingFace.PreTokenization;

namespace NeedleBench.Tokenizers.HuggingFace.Decoding;

/// <summary>Makes spaces of marks; in the first token they vanish where a mark was put before the text.</summary>
sealed class MetaspaceSink(char mark, PrependScheme scheme, bool isWhole, ITokenSink next) : ITokenSink
{
    bool _isFirst = true;

    public void Add(string token)
    {
        var vanish = _isFirst && scheme != PrependScheme.Never;
        _isFirst &= isWhole;
        next.Add(vanish ? token.Replace(mark.ToString(), "", StringComparison.Ordinal) : token.Replace(mark, ' '));
    }

    public void End() => next.End();
}
