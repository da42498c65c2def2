using NeedleBench.Tokenizers.SentencePiece;

namespace NeedleBench.Tokenizers.HuggingFace;

/// <summary>Refuses added tokens that contradict the vocabulary or one another: ids would no longer say what they mean.</summary>
sealed class AddedTokenCheck(TokenVocabulary vocabulary)
{
    readonly Dictionary<int, string> _contents = [];
    readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">The token contradicts what came before.</exception>
    public AddedToken Check(AddedToken token, JsonItem item)
    {
        if (token.Content.Length == 0)
        {
            throw item.Error("is an added token without text");
        }

        var other = vocabulary.TokenOf(token.Id) ?? _contents.GetValueOrDefault(token.Id);
        if (other is not null && other != token.Content)
        {
            throw item.Error($"gives {ModelError.Quote(token.Content)} the id {token.Id}, which {ModelError.Quote(other)} has");
        }

        if ((vocabulary.TryGetId(token.Content, out var id) && id != token.Id) || !_seen.Add(token.Content))
        {
            throw item.Error($"gives {ModelError.Quote(token.Content)} a second id, {token.Id}");
        }

        _contents[token.Id] = token.Content;
        return token;
    }
}
