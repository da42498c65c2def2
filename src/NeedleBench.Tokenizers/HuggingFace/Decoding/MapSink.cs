namespace NeedleBench.Tokenizers.HuggingFace.Decoding;

/// <summary>Changes each token by itself.</summary>
sealed class MapSink(Func<string, string> map, ITokenSink next) : ITokenSink
{
    public void Add(string token) => next.Add(map(token));

    public void End() => next.End();
}
