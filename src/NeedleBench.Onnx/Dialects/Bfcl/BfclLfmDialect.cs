using NeedleBench.Onnx.Dialects.Rendering;

namespace NeedleBench.Onnx.Dialects.Bfcl;

/// <summary>
/// LFM2 with answers read as the handler proposed to the Berkeley leaderboard (pull request 1341, not merged) reads them. There is
/// no merged prompt of theirs: the makers' own is used.
/// </summary>
/// <param name="name">The dialect's name.</param>
/// <param name="hasToolListTokens">Whether the list of tools stands between its two tokens.</param>
public sealed class BfclLfmDialect(string name, bool hasToolListTokens) : IPromptDialect
{
    public string Name => name;

    public string Variant => PromptDialects.Bfcl;

    public int ParserVersion => 1;

    public IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    public DialectPrompt Render(ToolCallRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new DialectPrompt(ChatPrompts.Lfm(request, hasToolListTokens).ToString(), LfmDialect.Stops);
    }

    public DialectAnswer Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return BfclLfmReader.Parse(text);
    }
}
