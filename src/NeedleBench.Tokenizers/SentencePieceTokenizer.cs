using System.Buffers;
using System.Runtime.InteropServices;
using NeedleBench.Tokenizers.SentencePiece;

namespace NeedleBench.Tokenizers;

/// <summary>
/// A SentencePiece BPE model (<c>tokenizer.model</c>): text to ids and back, equal to the SentencePiece library id for id.
/// Read are BPE models with the identity normaliser; anything else is refused when the model is opened. Instances are
/// immutable, and any number of threads may use one.
/// </summary>
public sealed class SentencePieceTokenizer
{
    readonly BytePairModel _model;
    readonly PieceDecoder _decoder;

    SentencePieceTokenizer(ModelProto model)
    {
        _model = new BytePairModel(model);
        _decoder = new PieceDecoder(model, _model.Vocabulary);
        BosId = FindControl(model.BosPiece, "<s>");
        EosId = FindControl(model.EosPiece, "</s>");
        PadId = FindControl(model.PadPiece, "<pad>");
    }

    /// <summary>The count of ids: they run from 0 to one below this.</summary>
    public int VocabularySize => _model.Vocabulary.Count;

    /// <summary>
    /// The id that begins a sequence, or null where the model has none. As in the library, it is found by the piece's name
    /// (<c>bos_piece</c>, usually <c>&lt;s&gt;</c>), not by the number in <c>trainer_spec</c>.
    /// </summary>
    public int? BosId { get; }

    /// <summary>The id that ends a sequence (<c>eos_piece</c>, usually <c>&lt;/s&gt;</c>), or null where the model has none.</summary>
    public int? EosId { get; }

    /// <summary>The id that fills a batch up (<c>pad_piece</c>, usually <c>&lt;pad&gt;</c>), or null where the model has none.</summary>
    public int? PadId { get; }

    /// <summary>The id of text outside the vocabulary; with byte pieces no text encodes to it.</summary>
    public int UnknownId => _model.Vocabulary.UnknownId;

    /// <summary>Reads a model file.</summary>
    /// <exception cref="InvalidDataException">It is no SentencePiece model, or one that is not carried out here. The message does not name the file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SentencePieceTokenizer Load(string path) => Load(File.ReadAllBytes(path));

    /// <summary>Reads a model from here to the end of the stream, which stays open.</summary>
    /// <exception cref="InvalidDataException">It is no SentencePiece model, or one that is not carried out here.</exception>
    public static SentencePieceTokenizer Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return Load(copy.GetBuffer().AsMemory(0, (int)copy.Length));
    }

    /// <summary>Reads a model from memory, which may be changed afterwards.</summary>
    /// <exception cref="InvalidDataException">It is no SentencePiece model, or one that is not carried out here.</exception>
    public static SentencePieceTokenizer Load(ReadOnlyMemory<byte> model) =>
        MemoryMarshal.TryGetArray(model, out var array)
            ? new(ModelProtoReader.Read(array.Array!, array.Offset, array.Count))
            : new(ModelProtoReader.Read(model.ToArray(), 0, model.Length));

    /// <summary>The ids of a text. No begin or end mark is added; a lone surrogate counts as U+FFFD.</summary>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>((text.Length / 3) + 8);
        Encode(text, ids);
        return [.. ids];
    }

    /// <summary>
    /// Appends the ids of a text to <paramref name="ids"/>, keeping what is there; allocates only where that list must grow.
    /// Takes O(n log n) time whatever the text.
    /// </summary>
    public void Encode(ReadOnlySpan<char> text, List<int> ids) => Encode(text, ids, null);

    /// <summary>
    /// As <see cref="Encode(ReadOnlySpan{char}, List{int})"/>, with merges left out at random: the same words in other, shorter
    /// pieces, which teach a model how pieces spell (BPE-dropout, Provilkov et al. 2020).
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="ids">Receives the ids at its end.</param>
    /// <param name="skipsMerge">Asked before each merge, which is left out where it says so; null for none.</param>
    public void Encode(ReadOnlySpan<char> text, List<int> ids, Func<bool>? skipsMerge)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var normalized = ArrayPool<char>.Shared.Rent(TextNormalizer.Capacity(text.Length));
        try
        {
            var length = _model.Normalizer.Normalize(text, normalized);
            BytePairRun.Encode(_model, normalized.AsSpan(0, length), ids, skipsMerge);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(normalized);
        }
    }

    /// <summary>
    /// The text of ids: the dummy prefix is taken off once, control pieces give nothing, the unknown piece gives the model's
    /// <c>unk_surface</c>, and each byte that is no part of a UTF-8 character gives U+FFFD.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">No piece has one of the ids.</exception>
    public string Decode(ReadOnlySpan<int> ids) => _decoder.Decode(ids);

    /// <summary>A piece as the vocabulary writes it, with U+2581 for a space.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No piece has this id.</exception>
    public string Piece(int id) => _model.Vocabulary[id].Text;

    /// <summary>What a piece stands for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No piece has this id.</exception>
    public PieceKind Kind(int id) => _model.Vocabulary[id].Kind;

    /// <summary>Finds the id of a piece, of whatever kind, by its text in the vocabulary.</summary>
    public bool TryGetId(string piece, out int id) => _model.Vocabulary.TryGetId(piece, out id);

    /// <summary>
    /// The exact text a token adds in the middle of an output, for constrained decoding: U+2581 is a space; a byte piece is
    /// the one character of that code (so ASCII bytes are their character, and the others U+0080 to U+00FF); control pieces
    /// and the unknown piece are empty. The same string instance at every call.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">No piece has this id.</exception>
    public string TokenText(int id) => _model.Vocabulary.TextAt(id);

    int? FindControl(string name, string usual) => _model.Vocabulary.ControlId(name.Length == 0 ? usual : name);
}
