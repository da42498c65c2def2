using System.Text;

namespace NeedleBench.Tokenizers.HuggingFace;

/// <summary>
/// GPT-2's way to write bytes as visible characters (Radford et al. 2019, <c>bytes_to_unicode</c>): a byte that Latin-1
/// prints stands for itself, the other 68 are, in order, U+0100 to U+0143.
/// </summary>
static class ByteAlphabet
{
    /// <summary>The characters above all that stand for a byte begin here.</summary>
    public const int End = 0x144;

    static readonly char[] Characters = MakeCharacters();
    static readonly short[] Bytes = MakeBytes();

    /// <summary>The character that stands for a byte.</summary>
    public static char Character(byte value) => Characters[value];

    /// <summary>The byte that a character stands for, or -1.</summary>
    public static int Byte(char character) => character < End ? Bytes[character] : -1;

    /// <summary>Writes the UTF-8 bytes of a text without lone surrogates as characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="output">Room for three characters to each one of <paramref name="text"/>.</param>
    /// <returns>How many characters were written.</returns>
    public static int Write(ReadOnlySpan<char> text, Span<char> output)
    {
        var count = 0;
        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 0; i < text.Length;)
        {
            if (text[i] < 0x80)
            {
                output[count++] = Characters[text[i++]];
                continue;
            }

            Rune.DecodeFromUtf16(text[i..], out var rune, out var length);
            foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
            {
                output[count++] = Characters[value];
            }

            i += length;
        }

        return count;
    }

    /// <summary>The text that a token stands for, or null where one of its characters stands for no byte.</summary>
    public static string? TextOf(string token)
    {
        var bytes = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
        {
            var value = Byte(token[i]);
            if (value < 0)
            {
                return null;
            }

            bytes[i] = (byte)value;
        }

        return Encoding.UTF8.GetString(bytes);
    }

    static char[] MakeCharacters()
    {
        var characters = new char[256];
        var next = 0x100;
        for (var value = 0; value < 256; value++)
        {
            characters[value] = (char)(value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE ? value : next++);
        }

        return characters;
    }

    static short[] MakeBytes()
    {
        var bytes = new short[End];
        bytes.AsSpan().Fill(-1);
        for (var value = 0; value < 256; value++)
        {
            bytes[Characters[value]] = (short)value;
        }

        return bytes;
    }
}
