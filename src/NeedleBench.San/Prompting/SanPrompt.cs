using NeedleBench.San.Model;
using NeedleBench.Tokenizers;

namespace NeedleBench.San.Prompting;

/// <summary>
/// The encoder's input: query ids, <c>&lt;tools&gt;</c>, tool-list ids. A query is cut at 1022 tokens and the whole at 1024,
/// as its authors do; what is cut off, the model does not see.
/// </summary>
public sealed class SanPrompt
{
    /// <summary>The token that the decoder writes before an answer.</summary>
    public const string ToolCallPiece = "<tool_call>";

    /// <summary>The token between query and tools.</summary>
    public const string ToolsPiece = "<tools>";

    readonly SentencePieceTokenizer _tokenizer;
    readonly int _toolsId;
    readonly List<int> _ids = new(SanModel.MaxEncoderTokens);
    readonly List<int> _tools = new(SanModel.MaxEncoderTokens);

    /// <exception cref="InputException">The tokenizer lacks one of the two symbols.</exception>
    public SanPrompt(SentencePieceTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        _tokenizer = tokenizer;
        _toolsId = Symbol(ToolsPiece);
        ToolCallId = Symbol(ToolCallPiece);
    }

    /// <summary>The id of <see cref="ToolCallPiece"/>.</summary>
    public int ToolCallId { get; }

    /// <summary>Builds the ids. The list is reused by the next call.</summary>
    public List<int> Build(string query, string toolList)
    {
        ArgumentNullException.ThrowIfNull(query);
        _ids.Clear();
        _tools.Clear();
        _tokenizer.Encode(query, _ids);
        Cut(_ids, SanModel.MaxEncoderTokens - 2);
        _ids.Add(_toolsId);
        _tokenizer.Encode(toolList, _tools);
        Cut(_tools, SanModel.MaxEncoderTokens - _ids.Count);
        _ids.AddRange(_tools);
        return _ids;
    }

    static void Cut(List<int> ids, int most)
    {
        if (ids.Count > most)
        {
            ids.RemoveRange(most, ids.Count - most);
        }
    }

    int Symbol(string piece) => _tokenizer.TryGetId(piece, out var id)
        ? id
        : throw new InputException($"the tokenizer has no symbol '{piece}'", "A SAN's tokenizer has <tool_call> and <tools> as user-defined symbols.");
}
