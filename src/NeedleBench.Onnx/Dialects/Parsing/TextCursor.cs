using NeedleBench.Onnx.Dialects.Rendering;

namespace NeedleBench.Onnx.Dialects.Parsing;

/// <summary>
/// A place in a model's text, and the first fault found there. Grammar rules move it forward and return whether they held;
/// none goes back further than a name, so that reading takes time linear in the text.
/// </summary>
sealed class TextCursor(string text)
{
    /// <summary>
    /// Levels of lists and objects that arguments may have: our files wrap them in three more, and JSON readers stop at 64.
    /// </summary>
    public const int MaxDepth = 48;

    int _depth;

    public string Text { get; } = text;

    /// <summary>Offset of the next UTF-16 unit.</summary>
    public int Position { get; set; }

    /// <summary>
    /// A token that no string reaches across: where it stands in one, the string was never closed. Null where the syntax
    /// lets strings hold anything.
    /// </summary>
    public string? Barrier { get; init; }

    public ParseFailure? Failure { get; private set; }

    public bool IsAtEnd => Position >= Text.Length;

    /// <summary>The next character; NUL at the end.</summary>
    public char Current => IsAtEnd ? '\0' : Text[Position];

    public ReadOnlySpan<char> Rest => Text.AsSpan(Position);

    public bool IsAt(string token) => Rest.StartsWith(token, StringComparison.Ordinal);

    public bool IsAtBarrier => Barrier is not null && Current == Barrier[0] && IsAt(Barrier);

    public bool TryTake(char c)
    {
        if (IsAtEnd || Text[Position] != c)
        {
            return false;
        }

        Position++;
        return true;
    }

    public bool TryTake(string token)
    {
        if (!IsAt(token))
        {
            return false;
        }

        Position += token.Length;
        return true;
    }

    /// <summary>Moves behind the next such token, or to the end where there is none.</summary>
    public bool TrySkipPast(string token)
    {
        var found = Text.IndexOf(token, Position, StringComparison.Ordinal);
        Position = found < 0 ? Text.Length : found + token.Length;
        return found >= 0;
    }

    public void SkipSpace()
    {
        while (Position < Text.Length && PythonText.IsSpace(Text[Position]))
        {
            Position++;
        }
    }

    /// <summary>Enters a list or an object; fails at <see cref="MaxDepth"/>.</summary>
    public bool TryEnter() => ++_depth <= MaxDepth || Fail(ParseFailureKind.NotJson, $"values nested deeper than {MaxDepth} levels");

    public void Leave() => _depth--;

    /// <summary>Notes a fault at the current place, unless there was one before. Always false.</summary>
    public bool Fail(ParseFailureKind kind, string problem)
    {
        Failure ??= new ParseFailure(kind, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{problem} at offset {Position}"));
        return false;
    }

    /// <summary>Notes that something else was expected here: a cut-off text where this is its end. Always false.</summary>
    public bool FailExpecting(string what) => IsAtEnd
        ? Fail(ParseFailureKind.Truncated, $"the text ends where {what} was expected,")
        : Fail(ParseFailureKind.NotJson, $"'{Current}' stands where {what} was expected,");
}
