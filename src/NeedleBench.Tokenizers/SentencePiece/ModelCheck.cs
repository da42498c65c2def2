using System.Globalization;

namespace NeedleBench.Tokenizers.SentencePiece;

/// <summary>Refuses, when a model is opened, what would otherwise encode wrongly later.</summary>
static class ModelCheck
{
    /// <summary>The library's own limit; it also bounds the depth to which an unused piece is taken apart.</summary>
    const int LongestPiece = 8000;

    const string TrainAgain = "Train a model with --model_type=bpe and --normalization_rule_name=identity.";

    static readonly string[] ModelTypes = ["unknown", "unigram", "BPE", "word", "char"];

    /// <exception cref="InvalidDataException">The model is broken, or of a kind that is not carried out here.</exception>
    public static void Check(ModelProto model)
    {
        if (model.Pieces.Count == 0)
        {
            throw ModelError.Because("this is no SentencePiece model: it holds no pieces", "Give the path of a tokenizer.model.");
        }

        if (!model.HasTrainerSpec)
        {
            throw ModelError.Because("the model has no trainer_spec, so it does not say what kind of model it is", ModelError.GetItAgain);
        }

        if (model.ModelType != ModelProto.BytePairEncoding)
        {
            var name = model.ModelType > 0 && model.ModelType < ModelTypes.Length ? ModelTypes[model.ModelType] : ModelTypes[0];
            throw ModelError.Because($"this is a {name} model (model_type {model.ModelType}); only BPE (2) is read", TrainAgain);
        }

        if (model.HasNormalizerMap)
        {
            var name = model.NormalizerName.Length == 0 ? "(without a name)" : $"'{model.NormalizerName}'";
            throw ModelError.Because($"the model asks for the normaliser {name}, which is not carried out here", TrainAgain);
        }

        if (model.HasDenormalizerMap)
        {
            throw ModelError.Because("the model asks for a denormaliser, which is not carried out here", "Train a model without one.");
        }

        foreach (var (id, piece) in model.Pieces.Index())
        {
            CheckPiece(id, piece);
        }

        CheckUnknown(model);
        CheckBytes(model);
    }

    /// <summary>The byte that a piece such as <c>&lt;0x41&gt;</c> stands for, or -1.</summary>
    public static int ByteOf(string piece) =>
        piece.Length == 6 && piece.StartsWith("<0x", StringComparison.Ordinal) && piece[5] == '>'
        && !piece.AsSpan(3, 2).ContainsAnyInRange('a', 'f')
        && byte.TryParse(piece.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : -1;

    static void CheckPiece(int id, PieceEntry piece)
    {
        var problem = piece.Text.Length == 0 ? "is empty"
            : piece.Text.Contains('\0', StringComparison.Ordinal) ? "holds the character U+0000"
            : piece.Text.Length >= LongestPiece ? $"is longer than {LongestPiece} characters"
            : float.IsNaN(piece.Score) ? "has the score NaN, which no order knows"
            : piece.Kind == PieceKind.Byte && ByteOf(piece.Text) < 0 ? "is a byte piece, but not written like <0x41>"
            : null;
        if (problem is not null)
        {
            throw ModelError.Because($"piece {id} {problem}", ModelError.GetItAgain);
        }
    }

    static void CheckUnknown(ModelProto model)
    {
        var unknown = model.Pieces.Count(piece => piece.Kind == PieceKind.Unknown);
        if (unknown != 1)
        {
            throw ModelError.Because($"the model has {unknown} unknown pieces where it must have one", ModelError.GetItAgain);
        }
    }

    static void CheckBytes(ModelProto model)
    {
        var bytes = model.Pieces.Where(piece => piece.Kind == PieceKind.Byte).Select(piece => ByteOf(piece.Text)).Distinct().Count();
        if (model.ByteFallback && bytes != 256)
        {
            throw ModelError.Because($"byte_fallback is set, but only {bytes} of the 256 byte pieces are there", ModelError.GetItAgain);
        }

        if (!model.ByteFallback && bytes != 0)
        {
            throw ModelError.Because("the model has byte pieces, but byte_fallback is not set", ModelError.GetItAgain);
        }
    }
}
