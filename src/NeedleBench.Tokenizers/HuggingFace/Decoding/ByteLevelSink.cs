using System.Text;

namespace NeedleBench.Tokenizers.HuggingFace.Decoding;

/// <summary>
/// Reads tokens in the <see cref="ByteAlphabet"/> as bytes of one UTF-8 text; a token with another character counts as its
/// own UTF-8. What is no UTF-8 becomes U+FFFD; what may still become a character is held back.
/// </summary>
sealed class ByteLevelSink(ITokenSink next) : ITokenSink
{
    readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();

    public void Add(string token)
    {
        var bytes = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
        {
            var value = ByteAlphabet.Byte(token[i]);
            if (value < 0)
            {
                bytes = Encoding.UTF8.GetBytes(token);
                break;
            }

            bytes[i] = (byte)value;
        }

        Hand(bytes, false);
    }

    public void End()
    {
        Hand([], true);
        next.End();
    }

    void Hand(byte[] bytes, bool isEnd)
    {
        var text = new char[_utf8.GetCharCount(bytes, isEnd)];
        var count = _utf8.GetChars(bytes, text, isEnd);
        if (count > 0)
        {
            next.Add(new string(text, 0, count));
        }
    }
}
