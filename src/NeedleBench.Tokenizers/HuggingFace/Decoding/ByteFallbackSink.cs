using System.Globalization;
using System.Text;

namespace NeedleBench.Tokenizers.HuggingFace.Decoding;

/// <summary>
/// Joins tokens such as <c>&lt;0xC3&gt;</c> to text. A run of them is held back until another token comes: one that is not
/// UTF-8 as a whole becomes one U+FFFD to each byte, so that nothing of it is settled earlier.
/// </summary>
sealed class ByteFallbackSink(ITokenSink next) : ITokenSink
{
    static readonly UTF8Encoding Strict = new(false, true);

    readonly List<byte> _run = [];

    public void Add(string token)
    {
        if (token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>'
            && byte.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            _run.Add(value);
            return;
        }

        HandRun();
        next.Add(token);
    }

    public void End()
    {
        HandRun();
        next.End();
    }

    void HandRun()
    {
        if (_run.Count == 0)
        {
            return;
        }

        try
        {
            next.Add(Strict.GetString([.. _run]));
        }
        catch (DecoderFallbackException)
        {
            for (var i = 0; i < _run.Count; i++)
            {
                next.Add("\uFFFD");
            }
        }

        _run.Clear();
    }
}
