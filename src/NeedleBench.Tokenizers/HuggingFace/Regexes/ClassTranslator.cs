namespace NeedleBench.Tokenizers.HuggingFace.Regexes;

/// <summary>Reads what takes a single character: bracket classes, escapes and literals.</summary>
sealed class ClassTranslator(PatternSource source)
{
    // Unicode's general categories by their long names; .NET knows the short ones only.
    static readonly Dictionary<string, string> LongNames =
        ("Letter=L UppercaseLetter=Lu LowercaseLetter=Ll TitlecaseLetter=Lt ModifierLetter=Lm OtherLetter=Lo "
        + "Mark=M NonspacingMark=Mn SpacingMark=Mc EnclosingMark=Me Number=N DecimalNumber=Nd LetterNumber=Nl "
        + "OtherNumber=No Punctuation=P ConnectorPunctuation=Pc DashPunctuation=Pd OpenPunctuation=Ps "
        + "ClosePunctuation=Pe InitialPunctuation=Pi FinalPunctuation=Pf OtherPunctuation=Po Symbol=S MathSymbol=Sm "
        + "CurrencySymbol=Sc ModifierSymbol=Sk OtherSymbol=So Separator=Z SpaceSeparator=Zs LineSeparator=Zl "
        + "ParagraphSeparator=Zp Other=C Control=Cc Format=Cf PrivateUse=Co Unassigned=Cn")
        .Split(' ').Select(entry => entry.Split('=')).ToDictionary(entry => entry[0], entry => entry[1], StringComparer.OrdinalIgnoreCase);

    readonly List<(char First, char Last)> _named = [];

    /// <summary>The characters that the pattern names by themselves or as ends of a range, not by a property.</summary>
    public IReadOnlyList<(char First, char Last)> Named => _named;

    /// <summary>A character by itself, with its other cases where case does not count.</summary>
    public CharacterSet Literal(char character, bool ignoreCase) => Range(character, character, ignoreCase);

    /// <summary>Reads a class in brackets, with what Oniguruma allows in one: classes within, and <c>&amp;&amp;</c>.</summary>
    public CharacterSet Bracket(bool ignoreCase)
    {
        source.Expect("[");
        var isNegated = source.TryTake("^");
        var operands = new List<CharacterSet>();
        var sets = new List<CharacterSet>();

        // A ']' right at the start is a character.
        if (source.TryTake("]"))
        {
            sets.Add(Literal(']', ignoreCase));
        }

        while (!source.TryTake("]"))
        {
            if (source.TryTake("&&"))
            {
                operands.Add(CharacterSet.Unite(sets));
                sets.Clear();
                continue;
            }

            sets.Add(Member(ignoreCase));
        }

        operands.Add(CharacterSet.Unite(sets));
        if (operands.Contains(new CharacterSet("", null)))
        {
            throw new FormatException("a character class is empty");
        }

        var all = operands.Aggregate((left, right) => left.Intersect(right));
        return isNegated ? all.Complement() : all;
    }

    /// <summary>Reads an escape that stands for one character.</summary>
    /// <param name="ignoreCase">Whether case does not count.</param>
    /// <param name="word">What <c>\w</c> is here.</param>
    /// <param name="single">The character, where it stands for only one.</param>
    /// <returns>The set, or null where it is the single character <paramref name="single"/>.</returns>
    public CharacterSet? Escape(bool ignoreCase, CharacterSet word, out char single)
    {
        source.Expect("\\");
        single = source.Take();
        switch (single)
        {
            case 'd': return CharacterSet.Digit;
            case 'D': return CharacterSet.Digit.Complement();
            case 's': return CharacterSet.Space;
            case 'S': return CharacterSet.Space.Complement();
            case 'w': return word;
            case 'W': return word.Complement();
            case 'h': return CharacterSet.HexDigit;
            case 'H': return CharacterSet.HexDigit.Complement();
            case 'p': return Property(false, ignoreCase);
            case 'P': return Property(true, ignoreCase);
            case 't': single = '\t'; return null;
            case 'n': single = '\n'; return null;
            case 'r': single = '\r'; return null;
            case 'f': single = '\f'; return null;
            case 'v': single = '\v'; return null;
            case 'a': single = '\a'; return null;
            case 'e': single = '\x1B'; return null;
            case 'u': single = source.TakeHex(4, 4); return null;
            case 'x' when source.TryTake("{"):
                single = source.TakeHex(1, 8);
                source.Expect("}");
                return null;
            case 'x': single = source.TakeHex(1, 2); return null;
            default:
                return char.IsAsciiLetterOrDigit(single) ? throw new NotSupportedException($"the escape '\\{single}'") : null;
        }
    }

    CharacterSet Member(bool ignoreCase)
    {
        if (source.Follows("[:") || source.Follows("[.") || source.Follows("[="))
        {
            throw new NotSupportedException("a POSIX bracket");
        }

        if (source.Peek == '[')
        {
            return Bracket(ignoreCase);
        }

        if (Single(ignoreCase, out var first) is { } set)
        {
            return set;
        }

        if (!source.Follows("-") || source.Follows("-]") || source.Follows("-&&"))
        {
            return Range(first, first, ignoreCase);
        }

        source.Expect("-");
        if (source.Peek == '[' || Single(ignoreCase, out var last) is not null)
        {
            throw new NotSupportedException("a range that ends in a class");
        }

        return last >= first ? Range(first, last, ignoreCase) : throw new FormatException("a range runs backwards");
    }

    CharacterSet? Single(bool ignoreCase, out char single)
    {
        if (source.Peek == '\\')
        {
            // In a class \b is the backspace.
            if (source.TryTake("\\b"))
            {
                single = '\b';
                return null;
            }

            return Escape(ignoreCase, CharacterSet.Word, out single);
        }

        single = source.Take();
        return null;
    }

    CharacterSet Property(bool isNegated, bool ignoreCase)
    {
        source.Expect("{");
        isNegated ^= source.TryTake("^");
        var given = source.TakeTo('}');
        var name = given.Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        name = LongNames.GetValueOrDefault(name, name);
        var category = LongNames.Values.FirstOrDefault(value => value.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (ignoreCase && category is "Lu" or "Ll" or "Lt")
        {
            throw new NotSupportedException($"\\p{{{given}}} where case does not count");
        }

        var set = category is not null ? new CharacterSet($"\\p{{{category}}}", null)
            : name.ToUpperInvariant() switch
            {
                "SPACE" or "WHITESPACE" => CharacterSet.Space,
                "DIGIT" => CharacterSet.Digit,
                "WORD" => CharacterSet.Word,
                "ANY" => CharacterSet.Any,
                _ => throw new NotSupportedException($"the property \\p{{{given}}}"),
            };
        return isNegated ? set.Complement() : set;
    }

    CharacterSet Range(char first, char last, bool ignoreCase)
    {
        _named.Add((first, last));
        return ignoreCase ? WithOtherCases(first, last) : CharacterSet.Of(first, last);
    }

    /// <summary>
    /// Simple case folding (Unicode's CaseFolding.txt) by hand: of all characters only U+017F and U+212A fold into ASCII.
    /// </summary>
    static CharacterSet WithOtherCases(char first, char last)
    {
        var sets = new List<CharacterSet> { CharacterSet.Of(first, last) };
        if (last >= 0x80 && (first != last || char.ToLowerInvariant(first) != first || char.ToUpperInvariant(first) != first || first == 'ſ'))
        {
            throw new NotSupportedException("letters outside ASCII where case does not count");
        }

        for (var letter = 'a'; letter <= 'z'; letter++)
        {
            var upper = (char)(letter - 0x20);
            if ((letter < first || letter > last) && (upper < first || upper > last))
            {
                continue;
            }

            sets.Add(CharacterSet.Of(letter, letter));
            sets.Add(CharacterSet.Of(upper, upper));
            if (letter is 's' or 'k')
            {
                sets.Add(letter == 's' ? CharacterSet.Of('\u017F', '\u017F') : CharacterSet.Of('\u212A', '\u212A'));
            }
        }

        return CharacterSet.Unite(sets);
    }
}
