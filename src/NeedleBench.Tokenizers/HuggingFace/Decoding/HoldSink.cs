using System.Text;

namespace NeedleBench.Tokenizers.HuggingFace.Decoding;

/// <summary>Holds everything back and hands it on as one token at the end, for a step that must see all of it.</summary>
sealed class HoldSink(ITokenSink next) : ITokenSink
{
    readonly StringBuilder _held = new();

    public void Add(string token) => _held.Append(token);

    public void End()
    {
        next.Add(_held.ToString());
        next.End();
    }
}
