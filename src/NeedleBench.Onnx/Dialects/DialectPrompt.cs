namespace NeedleBench.Onnx.Dialects;

/// <summary>What a model is given to continue.</summary>
/// <param name="Text">The prompt, with special tokens literally in it.</param>
/// <param name="Stops">Texts that end the answer and do not belong to it; each is one token where the model has it as one.</param>
public sealed record DialectPrompt(string Text, IReadOnlyList<string> Stops)
{
    /// <summary>
    /// Whether the tokenizer shall put its own start token, where it has one, before <see cref="Text"/>. False where the text
    /// holds it already, or where the model was trained without.
    /// </summary>
    public bool AddStartToken { get; init; }
}
