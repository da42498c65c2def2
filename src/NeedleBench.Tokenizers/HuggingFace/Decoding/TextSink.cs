using System.Text;

namespace NeedleBench.Tokenizers.HuggingFace.Decoding;

/// <summary>Gathers the text that is settled.</summary>
sealed class TextSink : ITokenSink
{
    readonly StringBuilder _text = new();

    public void Add(string token) => _text.Append(token);

    public void End()
    {
        // Nothing stands behind this step.
    }

    /// <summary>Hands the text out and forgets it.</summary>
    public string Take()
    {
        var text = _text.ToString();
        _text.Clear();
        return text;
    }
}
