using System.Text;

namespace NeedleBench.Tokenizers.SentencePiece;

/// <summary>The pieces of a model by id and by text, and the ids with a part of their own.</summary>
sealed class Vocabulary
{
    readonly PieceEntry[] _pieces;
    readonly string[] _texts;
    readonly Dictionary<string, int> _ids;
    readonly int[]? _bytes;

    /// <exception cref="InvalidDataException">Two pieces have the same text.</exception>
    public Vocabulary(ModelProto model)
    {
        _pieces = [.. model.Pieces];
        _texts = new string[_pieces.Length];
        _ids = new Dictionary<string, int>(_pieces.Length, StringComparer.Ordinal);
        _bytes = model.ByteFallback ? new int[256] : null;
        foreach (var (id, piece) in _pieces.Index())
        {
            if (!_ids.TryAdd(piece.Text, id))
            {
                throw ModelError.Because(
                    $"the pieces {_ids[piece.Text]} and {id} are both {ModelError.Quote(piece.Text)}", ModelError.GetItAgain);
            }

            _texts[id] = TextOf(piece);
            if (piece.Kind == PieceKind.Unknown)
            {
                UnknownId = id;
            }
            else if (piece.Kind == PieceKind.Byte && _bytes is not null)
            {
                _bytes[ModelCheck.ByteOf(piece.Text)] = id;
            }
        }
    }

    public int Count => _pieces.Length;

    public IReadOnlyList<PieceEntry> Pieces => _pieces;

    public int UnknownId { get; }

    /// <exception cref="ArgumentOutOfRangeException">No piece has this id.</exception>
    public PieceEntry this[int id] => (uint)id < (uint)_pieces.Length
        ? _pieces[id]
        : throw new ArgumentOutOfRangeException(nameof(id), id, $"The vocabulary has the ids 0 to {_pieces.Length - 1}.");

    /// <summary>The text of a piece in the middle of an output: see <see cref="SentencePieceTokenizer.TokenText"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No piece has this id.</exception>
    public string TextAt(int id)
    {
        _ = this[id];
        return _texts[id];
    }

    public bool TryGetId(string piece, out int id) => _ids.TryGetValue(piece, out id);

    /// <summary>The id of the control piece of this text, or null.</summary>
    public int? ControlId(string piece) => TryGetId(piece, out var id) && _pieces[id].Kind == PieceKind.Control ? id : null;

    /// <summary>Appends an unknown character's UTF-8 bytes as byte pieces.</summary>
    /// <returns>False where the model has no byte pieces; nothing is appended then.</returns>
    public bool TryAddBytes(ReadOnlySpan<char> character, List<int> ids)
    {
        if (_bytes is null)
        {
            return false;
        }

        Span<byte> utf8 = stackalloc byte[4];
        foreach (var value in utf8[..Encoding.UTF8.GetBytes(character, utf8)])
        {
            ids.Add(_bytes[value]);
        }

        return true;
    }

    static string TextOf(PieceEntry piece) => piece.Kind switch
    {
        PieceKind.Unknown or PieceKind.Control => "",
        PieceKind.Byte => ((char)ModelCheck.ByteOf(piece.Text)).ToString(),
        _ => piece.Text.Replace(TextNormalizer.SpaceSymbol, ' '),
    };
}
