using System.Buffers;
using System.Text;

namespace NeedleBench.Tokenizers.SentencePiece;

/// <summary>Puts the text of a row of ids together, by the library's rules for the dummy prefix and for byte pieces.</summary>
sealed class PieceDecoder(ModelProto model, Vocabulary vocabulary)
{
    readonly bool _stripsSpace = model.AddDummyPrefix || model.RemoveExtraWhitespaces;
    readonly bool _stripsAllSpaces = model.RemoveExtraWhitespaces;
    readonly string _unknownSurface = model.UnknownSurface;

    /// <exception cref="ArgumentOutOfRangeException">An id is in no vocabulary of this size.</exception>
    public string Decode(ReadOnlySpan<int> ids)
    {
        var text = new StringBuilder(ids.Length * 4);
        var bytes = ArrayPool<byte>.Shared.Rent(Math.Max(ids.Length, 1));
        try
        {
            var byteCount = 0;
            var atStart = true;
            var stripped = false;
            foreach (var id in ids)
            {
                var piece = vocabulary[id];
                if (piece.Kind == PieceKind.Byte)
                {
                    bytes[byteCount++] = (byte)vocabulary.TextAt(id)[0];
                    continue;
                }

                AppendBytes(text, bytes.AsSpan(0, byteCount));
                byteCount = 0;
                atStart &= !stripped && text.Length == 0;
                stripped = AppendPiece(text, id, piece, atStart);
            }

            AppendBytes(text, bytes.AsSpan(0, byteCount));
            return text.ToString();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <returns>Whether the dummy prefix was taken off, so that no later piece loses its space.</returns>
    bool AppendPiece(StringBuilder text, int id, PieceEntry piece, bool atStart)
    {
        if (piece.Kind == PieceKind.Unknown)
        {
            text.Append(_unknownSurface);
            return false;
        }

        var surface = vocabulary.TextAt(id).AsSpan();
        var strips = atStart && _stripsSpace && !surface.IsEmpty && piece.Text[0] == TextNormalizer.SpaceSymbol;
        text.Append(strips ? surface[1..] : surface);

        // A model that folds spaces had none at the start, so there every piece gives its first one up until text has come.
        return strips && !_stripsAllSpaces;
    }

    /// <summary>Each byte that begins no well-formed character becomes one U+FFFD; .NET's own decoder would fold some together.</summary>
    static void AppendBytes(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        Span<char> utf16 = stackalloc char[2];
        while (!bytes.IsEmpty)
        {
            var whole = Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done;
            text.Append(utf16[..(whole ? rune : Rune.ReplacementChar).EncodeToUtf16(utf16)]);
            bytes = bytes[(whole ? length : 1)..];
        }
    }
}
