namespace NeedleBench.Onnx.Dialects;

/// <summary>
/// How one family of language models is asked for tool calls and how its answers are read. Stateless: one instance serves
/// every request. A new dialect is one class and its line in <see cref="PromptDialects.All"/>.
/// </summary>
public interface IPromptDialect
{
    /// <summary>The name in a model spec, <c>dialect=…</c>.</summary>
    string Name { get; }

    /// <summary>
    /// <see cref="PromptDialects.Official"/> for the form that the model's makers publish, with our parser, or
    /// <see cref="PromptDialects.Bfcl"/> for what the Berkeley leaderboard's handler renders and reads, oddities included.
    /// </summary>
    string Variant { get; }

    /// <summary>Raised when the parser can read some text otherwise than before; part of <see cref="DialectFingerprint"/>.</summary>
    int ParserVersion { get; }

    /// <summary>Choices of the dialect that change answers and belong into the record, such as <c>thinking=off</c>.</summary>
    IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Renders the prompt. Special tokens stand in it literally, in the request's own words too, as in the makers' templates.</summary>
    DialectPrompt Render(ToolCallRequest request);

    /// <summary>Reads an answer, without the token that ended it. Never throws for any text; takes time linear in its length.</summary>
    DialectAnswer Parse(string text);
}
