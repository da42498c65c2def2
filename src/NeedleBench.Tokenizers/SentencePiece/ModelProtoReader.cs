using System.Text;
using Google.Protobuf;

namespace NeedleBench.Tokenizers.SentencePiece;

/// <summary>
/// Reads the wire format of <c>sentencepiece_model.proto</c>. Fields that no encoding or decoding needs are passed over;
/// a known field of a wrong wire type, which the format would let pass as unknown, is refused.
/// </summary>
static class ModelProtoReader
{
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="InvalidDataException">The bytes are no whole protobuf message, or not of this shape.</exception>
    public static ModelProto Read(byte[] data, int offset, int length)
    {
        try
        {
            return ReadModel(new CodedInputStream(data, offset, length));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw ModelError.Because($"this is no whole SentencePiece model: {e.Message.TrimEnd('.')}", ModelError.GetItAgain, e);
        }
    }

    static ModelProto ReadModel(CodedInputStream input)
    {
        var model = new ModelProto();
        uint tag;
        while ((tag = input.ReadTag()) != 0)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1:
                    model.Pieces.Add(ReadPiece(ReadMessage(input, tag, "pieces"), model.Pieces.Count));
                    break;
                case 2:
                    model.HasTrainerSpec = true;
                    ReadTrainerSpec(ReadMessage(input, tag, "trainer_spec"), model);
                    break;
                case 3:
                    ReadNormalizerSpec(ReadMessage(input, tag, "normalizer_spec"), model);
                    break;
                case 5:
                    ReadDenormalizerSpec(ReadMessage(input, tag, "denormalizer_spec"), model);
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return model;
    }

    static PieceEntry ReadPiece(CodedInputStream input, int id)
    {
        var text = "";
        var score = 0f;
        var kind = PieceKind.Normal;
        uint tag;
        while ((tag = input.ReadTag()) != 0)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1:
                    text = ReadString(input, tag, "piece");
                    break;
                case 2:
                    Expect(tag, WireFormat.WireType.Fixed32, "score");
                    score = input.ReadFloat();
                    break;
                case 3:
                    kind = (PieceKind)ReadNumber(input, tag, "type");
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return Enum.IsDefined(kind)
            ? new PieceEntry(text, score, kind)
            : throw ModelError.Because($"piece {id} has the type {(int)kind}, which SentencePiece does not know", ModelError.GetItAgain);
    }

    static void ReadTrainerSpec(CodedInputStream input, ModelProto model)
    {
        uint tag;
        while ((tag = input.ReadTag()) != 0)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 3:
                    model.ModelType = ReadNumber(input, tag, "model_type");
                    break;
                case 24:
                    model.TreatWhitespaceAsSuffix = ReadFlag(input, tag, "treat_whitespace_as_suffix");
                    break;
                case 35:
                    model.ByteFallback = ReadFlag(input, tag, "byte_fallback");
                    break;
                case 44:
                    model.UnknownSurface = ReadString(input, tag, "unk_surface");
                    break;
                case 46:
                    model.BosPiece = ReadString(input, tag, "bos_piece");
                    break;
                case 47:
                    model.EosPiece = ReadString(input, tag, "eos_piece");
                    break;
                case 48:
                    model.PadPiece = ReadString(input, tag, "pad_piece");
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }
    }

    static void ReadNormalizerSpec(CodedInputStream input, ModelProto model)
    {
        uint tag;
        while ((tag = input.ReadTag()) != 0)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1:
                    model.NormalizerName = ReadString(input, tag, "name");
                    break;
                case 2:
                    model.HasNormalizerMap = ReadBytes(input, tag, "precompiled_charsmap").Length > 0;
                    break;
                case 3:
                    model.AddDummyPrefix = ReadFlag(input, tag, "add_dummy_prefix");
                    break;
                case 4:
                    model.RemoveExtraWhitespaces = ReadFlag(input, tag, "remove_extra_whitespaces");
                    break;
                case 5:
                    model.EscapeWhitespaces = ReadFlag(input, tag, "escape_whitespaces");
                    break;
                default:
                    // normalization_rule_tsv is the source that the trainer compiled into precompiled_charsmap; nothing reads it later.
                    input.SkipLastField();
                    break;
            }
        }
    }

    static void ReadDenormalizerSpec(CodedInputStream input, ModelProto model)
    {
        uint tag;
        while ((tag = input.ReadTag()) != 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == 2)
            {
                model.HasDenormalizerMap = ReadBytes(input, tag, "precompiled_charsmap").Length > 0;
            }
            else
            {
                input.SkipLastField();
            }
        }
    }

    /// <summary>A stream of the inner message alone, so that a field in it cannot run over its end.</summary>
    static CodedInputStream ReadMessage(CodedInputStream input, uint tag, string field) => ReadBytes(input, tag, field).CreateCodedInput();

    static ByteString ReadBytes(CodedInputStream input, uint tag, string field)
    {
        Expect(tag, WireFormat.WireType.LengthDelimited, field);
        return input.ReadBytes();
    }

    static string ReadString(CodedInputStream input, uint tag, string field)
    {
        var bytes = ReadBytes(input, tag, field);
        try
        {
            return StrictUtf8.GetString(bytes.Span);
        }
        catch (DecoderFallbackException e)
        {
            throw ModelError.Because($"the field '{field}' holds bytes that are no UTF-8", ModelError.GetItAgain, e);
        }
    }

    static int ReadNumber(CodedInputStream input, uint tag, string field)
    {
        Expect(tag, WireFormat.WireType.Varint, field);
        return input.ReadInt32();
    }

    static bool ReadFlag(CodedInputStream input, uint tag, string field)
    {
        Expect(tag, WireFormat.WireType.Varint, field);
        return input.ReadBool();
    }

    static void Expect(uint tag, WireFormat.WireType type, string field)
    {
        if (WireFormat.GetTagWireType(tag) != type)
        {
            throw ModelError.Because(
                $"the field '{field}' has the wire type {WireFormat.GetTagWireType(tag)} where SentencePiece writes {type}",
                ModelError.GetItAgain);
        }
    }
}
