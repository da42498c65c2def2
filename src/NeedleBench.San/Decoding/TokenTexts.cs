using System.Text;
using NeedleBench.Tokenizers;

namespace NeedleBench.San.Decoding;

/// <summary>The bytes that each token adds to an output, and the tokens by their first byte. Built once a tokenizer.</summary>
sealed class TokenTexts
{
    readonly byte[] _bytes;
    readonly int[] _starts;     // [tokens + 1]
    readonly int[] _byFirst;    // ids, grouped by first byte
    readonly int[] _firstStart; // [257]

    public TokenTexts(SentencePieceTokenizer tokenizer)
    {
        var count = tokenizer.VocabularySize;
        var bytes = new List<byte>(count * 6);
        _starts = new int[count + 1];
        for (var id = 0; id < count; id++)
        {
            var text = tokenizer.TokenText(id);
            if (tokenizer.Kind(id) == PieceKind.Byte)
            {
                bytes.Add((byte)text[0]);
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text));
            }

            _starts[id + 1] = bytes.Count;
        }

        _bytes = [.. bytes];
        _firstStart = new int[257];
        var grouped = new List<int>[256];
        for (var id = 0; id < count; id++)
        {
            if (Bytes(id) is [var first, ..])
            {
                (grouped[first] ??= []).Add(id);
            }
        }

        var order = new List<int>(count);
        for (var first = 0; first < 256; first++)
        {
            _firstStart[first] = order.Count;
            order.AddRange(grouped[first] ?? []);
        }

        _firstStart[256] = order.Count;
        _byFirst = [.. order];
    }

    /// <summary>What the token adds; empty for control tokens.</summary>
    public ReadOnlySpan<byte> Bytes(int id) => _bytes.AsSpan(_starts[id], _starts[id + 1] - _starts[id]);

    /// <summary>The tokens whose text begins with this byte, in ascending order.</summary>
    public ReadOnlySpan<int> StartingWith(byte first) => _byFirst.AsSpan(_firstStart[first], _firstStart[first + 1] - _firstStart[first]);
}
