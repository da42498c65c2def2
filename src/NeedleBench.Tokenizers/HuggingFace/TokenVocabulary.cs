using NeedleBench.Tokenizers.SentencePiece;

namespace NeedleBench.Tokenizers.HuggingFace;

/// <summary>The tokens of a model's own vocabulary by text and by id; ids may have gaps.</summary>
sealed class TokenVocabulary
{
    /// <summary>Larger ids are taken for a mistake: tables are laid out by id.</summary>
    public const int LargestId = 16_777_215;

    readonly Dictionary<string, int> _ids;
    readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    readonly string?[] _tokens;

    TokenVocabulary(Dictionary<string, int> ids, string?[] tokens)
    {
        _ids = ids;
        _tokens = tokens;
        _bySpan = ids.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>One above the highest id.</summary>
    public int Size => _tokens.Length;

    /// <summary>All tokens with their ids.</summary>
    public IReadOnlyDictionary<string, int> Ids => _ids;

    /// <summary>Reads an object from token to id.</summary>
    /// <exception cref="InvalidDataException">An id is no id, or a token or an id is there twice.</exception>
    public static TokenVocabulary Read(JsonItem item)
    {
        var ids = new Dictionary<string, int>(item.Object().Element.GetPropertyCount(), StringComparer.Ordinal);
        var size = 0;
        foreach (var (token, value) in item.Properties())
        {
            if (value.Kind != System.Text.Json.JsonValueKind.Number || !value.Element.TryGetInt32(out var id) || id is < 0 or > LargestId)
            {
                id = value.Entry(token).Count();
            }

            if (!ids.TryAdd(token, id))
            {
                throw item.Error($"holds the token {ModelError.Quote(token)} twice");
            }

            size = Math.Max(size, id + 1);
        }

        if (ids.Count == 0)
        {
            throw item.Error("is empty");
        }

        var tokens = new string?[size];
        foreach (var (token, id) in ids)
        {
            if (tokens[id] is { } other)
            {
                throw item.Error($"gives the id {id} to both {ModelError.Quote(other)} and {ModelError.Quote(token)}");
            }

            tokens[id] = token;
        }

        return new TokenVocabulary(ids, tokens);
    }

    public bool TryGetId(ReadOnlySpan<char> token, out int id) => _bySpan.TryGetValue(token, out id);

    public string? TokenOf(int id) => (uint)id < (uint)_tokens.Length ? _tokens[id] : null;
}
