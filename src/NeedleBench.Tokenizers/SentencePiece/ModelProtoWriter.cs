using Google.Protobuf;

namespace NeedleBench.Tokenizers.SentencePiece;

/// <summary>
/// Writes BPE models with the identity normaliser as <c>sentencepiece_model.proto</c> has them. Fields at the proto's
/// default are left out, as the library's trainer leaves them, and so are those that name files and threads: the same
/// model gives the same bytes.
/// </summary>
public static class ModelProtoWriter
{
    const float DefaultCoverage = 0.9995f;
    const int DefaultSentenceLength = 4192;
    const int DefaultPieceLength = 16;

    /// <param name="output">Takes the file, and stays open.</param>
    /// <param name="pieces">The vocabulary in the order of its ids.</param>
    /// <param name="spec">What the file says of its making.</param>
    /// <exception cref="IOException">The stream refuses.</exception>
    public static void Write(Stream output, IReadOnlyList<PieceEntry> pieces, TrainerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(pieces);
        using var file = new CodedOutputStream(output, leaveOpen: true);
        foreach (var piece in pieces)
        {
            WriteMessage(file, 1, message => WritePiece(message, piece));
        }

        WriteMessage(file, 2, message => WriteTrainerSpec(message, spec, pieces.Count));
        WriteMessage(file, 3, message => WriteNormalizerSpec(message, spec));
    }

    static void WritePiece(CodedOutputStream message, PieceEntry piece)
    {
        WriteText(message, 1, piece.Text);
        message.WriteTag(2, WireFormat.WireType.Fixed32);
        message.WriteFloat(piece.Score);
        if (piece.Kind != PieceKind.Normal)
        {
            WriteNumber(message, 3, (int)piece.Kind);
        }
    }

    static void WriteTrainerSpec(CodedOutputStream message, TrainerSpec spec, int vocabularySize)
    {
        WriteNumber(message, 3, ModelProto.BytePairEncoding);
        WriteNumber(message, 4, vocabularySize);
        if (spec.CharacterCoverage != DefaultCoverage)
        {
            message.WriteTag(10, WireFormat.WireType.Fixed32);
            message.WriteFloat(spec.CharacterCoverage);
        }

        WriteNumberUnless(message, 18, spec.MaxSentenceLength, DefaultSentenceLength);
        WriteNumberUnless(message, 20, spec.MaxPieceLength, DefaultPieceLength);
        WriteFlagUnless(message, 21, spec.SplitByUnicodeScript, true);
        WriteFlagUnless(message, 23, spec.SplitByNumber, true);
        WriteFlagUnless(message, 25, spec.SplitDigits, false);
        foreach (var symbol in spec.UserDefinedSymbols)
        {
            WriteText(message, 31, symbol);
        }

        WriteFlagUnless(message, 35, spec.ByteFallback, false);
        WriteNumber(message, 40, spec.UnknownId);
        WriteNumber(message, 41, spec.BosId);
        WriteNumber(message, 42, spec.EosId);
        WriteNumber(message, 43, spec.PadId);
    }

    static void WriteNormalizerSpec(CodedOutputStream message, TrainerSpec spec)
    {
        WriteText(message, 1, "identity");
        message.WriteTag(2, WireFormat.WireType.LengthDelimited);
        message.WriteBytes(ByteString.Empty);
        WriteFlagUnless(message, 3, spec.AddDummyPrefix, true);
        WriteFlagUnless(message, 4, spec.RemoveExtraWhitespaces, true);
    }

    static void WriteMessage(CodedOutputStream output, int field, Action<CodedOutputStream> write)
    {
        using var inner = new MemoryStream();
        using (var message = new CodedOutputStream(inner, leaveOpen: true))
        {
            write(message);
        }

        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(inner.GetBuffer(), 0, (int)inner.Length));
    }

    static void WriteText(CodedOutputStream message, int field, string text)
    {
        message.WriteTag(field, WireFormat.WireType.LengthDelimited);
        message.WriteString(text);
    }

    static void WriteNumber(CodedOutputStream message, int field, int value)
    {
        message.WriteTag(field, WireFormat.WireType.Varint);
        message.WriteInt32(value);
    }

    static void WriteNumberUnless(CodedOutputStream message, int field, int value, int usual)
    {
        if (value != usual)
        {
            WriteNumber(message, field, value);
        }
    }

    static void WriteFlagUnless(CodedOutputStream message, int field, bool value, bool usual)
    {
        if (value != usual)
        {
            WriteNumber(message, field, value ? 1 : 0);
        }
    }
}
