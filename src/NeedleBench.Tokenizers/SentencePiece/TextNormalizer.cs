namespace NeedleBench.Tokenizers.SentencePiece;

/// <summary>
/// The whitespace rules of a model with the identity normaliser: folding and trimming of U+0020, the dummy prefix (or
/// suffix), and U+2581 for a space. Other whitespace is text like any other.
/// </summary>
sealed class TextNormalizer(ModelProto model, UserSymbols symbols)
{
    public const char SpaceSymbol = '\u2581';

    readonly bool _dummyPrefix = model.AddDummyPrefix && !model.TreatWhitespaceAsSuffix;
    readonly bool _dummySuffix = model.AddDummyPrefix && model.TreatWhitespaceAsSuffix;
    readonly bool _fold = model.RemoveExtraWhitespaces;

    /// <summary>What stands for a space in normalised text, and so in the pieces.</summary>
    public char Space { get; } = model.EscapeWhitespaces ? SpaceSymbol : ' ';

    /// <summary>The most characters that <see cref="Normalize"/> writes for a text of this length.</summary>
    public static int Capacity(int length) => checked(length + 1);

    /// <summary>Writes the normalised form of <paramref name="text"/>; a lone surrogate becomes U+FFFD.</summary>
    /// <param name="text">Any UTF-16.</param>
    /// <param name="output">At least <see cref="Capacity"/> characters.</param>
    /// <returns>The count of characters written.</returns>
    public int Normalize(ReadOnlySpan<char> text, Span<char> output)
    {
        while (_fold && Unit(text) is var unit && unit.Length == 1 && unit[0] == ' ')
        {
            text = text[1..];
        }

        if (text.IsEmpty)
        {
            return 0;
        }

        var count = 0;
        if (_dummyPrefix)
        {
            output[count++] = Space;
        }

        var behindSpace = _fold;
        while (!text.IsEmpty)
        {
            var unit = Unit(text);
            text = text[unit.Length..];
            if (behindSpace)
            {
                unit = unit.TrimStart(' ');
            }

            if (unit.IsEmpty)
            {
                continue;
            }

            foreach (var c in unit)
            {
                output[count++] = c == ' ' ? Space : c;
            }

            behindSpace = _fold && unit[^1] == ' ';
        }

        // As in the library, a literal U+2581 at the end goes too, and even the dummy prefix where nothing else is left.
        while (_fold && count > 0 && output[count - 1] == Space)
        {
            count--;
        }

        if (_dummySuffix)
        {
            output[count++] = Space;
        }

        ReplaceLoneSurrogates(output[..count]);
        return count;
    }

    /// <summary>What is normalised as one: a user-defined symbol, or a character. Halves of a pair may go one by one.</summary>
    ReadOnlySpan<char> Unit(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return text;
        }

        // Only a symbol that holds a space fares differently here from its characters one by one.
        var length = symbols.HoldsSpace ? symbols.LongestAt(text, out _) : 0;
        return text[..Math.Max(length, 1)];
    }

    static void ReplaceLoneSurrogates(Span<char> text)
    {
        for (var i = text.IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                text[i] = '\uFFFD';
            }
        }
    }
}
