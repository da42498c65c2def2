namespace NeedleBench.Tokenizers.SentencePiece;

/// <summary>The one shape of our complaints about a tokenizer model: the problem, then the mend. Callers add the file's name.</summary>
static class ModelError
{
    public const string GetItAgain = "Get the file again from where it came from.";

    public static InvalidDataException Because(string problem, string mend, Exception? inner = null) => new($"{problem}. {mend}", inner);

    /// <summary>A piece as a message can show it: on one line, and not longer than one.</summary>
    public static string Quote(string piece) =>
        "'" + (piece.Length <= 40 ? piece : piece[..40] + "…").ReplaceLineEndings("\\n") + "'";
}
