using System.Text;

namespace NeedleBench.Tokenizers.HuggingFace.Regexes;

/// <summary>
/// Writes an Oniguruma pattern (its own syntax, UTF-8, as Hugging Face's tokenizers use it) as a .NET pattern that takes the
/// same characters. Texts must have one UTF-16 unit to a character for that: see <see cref="CodePointText"/>. What has no
/// equal in .NET is refused, never guessed.
/// </summary>
sealed class PatternTranslator
{
    readonly PatternSource _source;
    readonly ClassTranslator _classes;

    PatternTranslator(string pattern)
    {
        _source = new PatternSource(pattern);
        _classes = new ClassTranslator(_source);
    }

    /// <returns>The .NET pattern, and the ranges of characters that the pattern names one by one.</returns>
    /// <exception cref="NotSupportedException">The pattern asks for something that is not carried out; the message is what.</exception>
    /// <exception cref="FormatException">The pattern is broken.</exception>
    public static (string Pattern, IReadOnlyList<(char First, char Last)> Named) Translate(string pattern)
    {
        var translator = new PatternTranslator(pattern);
        var translated = translator.Alternatives(false);
        if (!translator._source.AtEnd)
        {
            throw new FormatException("a ')' has no '('");
        }

        return (translated, translator._classes.Named);
    }

    string Alternatives(bool ignoreCase)
    {
        var all = new StringBuilder();
        while (true)
        {
            while (!_source.AtEnd && _source.Peek is not ('|' or ')'))
            {
                all.Append(Term(ignoreCase));
            }

            if (!_source.TryTake("|"))
            {
                return all.ToString();
            }

            all.Append('|');
        }
    }

    string Term(bool ignoreCase)
    {
        var term = Atom(ignoreCase);
        while (true)
        {
            if (_source.TryTakeInterval(out var interval, out var isFixed))
            {
                // Behind an interval only '?' has a meaning of its own, and not even that behind a fixed count.
                term = $"(?:{term}){interval}{(!isFixed && _source.TryTake("?") ? "?" : "")}";
            }
            else if (_source.Peek is '*' or '+' or '?')
            {
                term = $"(?:{term}){_source.Take()}";
                term = _source.TryTake("+") ? $"(?>{term})" : _source.TryTake("?") ? $"{term}?" : term;
            }
            else
            {
                return term;
            }
        }
    }

    string Atom(bool ignoreCase)
    {
        if (_source.Peek is '*' or '+' or '?')
        {
            throw new FormatException($"'{_source.Peek}' has nothing to repeat");
        }

        return _source.Peek switch
        {
            '(' => Group(ignoreCase),
            '[' => _classes.Bracket(ignoreCase).ToPattern(),
            '\\' => Escape(ignoreCase),
            '.' when _source.TryTake(".") => @"[^\n]",
            '^' when _source.TryTake("^") => @"(?:\A|(?<=\n)(?!\z))",
            '$' when _source.TryTake("$") => @"(?=\n|\z)",
            _ => _classes.Literal(_source.Take(), ignoreCase).ToPattern(),
        };
    }

    string Group(bool ignoreCase)
    {
        _source.Expect("(");
        if (!_source.TryTake("?"))
        {
            return Close("(?:", ignoreCase);
        }

        foreach (var kind in (string[])[":", "=", "!", ">", "<=", "<!"])
        {
            if (_source.TryTake(kind))
            {
                return Close($"(?{kind}", ignoreCase);
            }
        }

        if (_source.TryTake("#"))
        {
            _source.TakeTo(')');
            return "";
        }

        if (_source.TryTake("<"))
        {
            _source.TakeTo('>');
            return Close("(?:", ignoreCase);
        }

        var inner = _source.TryTake("i") || (!_source.TryTake("-i") ? throw new NotSupportedException($"the group '(?{_source.Peek}'") : false);
        if (_source.TryTake(":"))
        {
            return Close("(?:", inner);
        }

        // An option by itself holds to the end of the group around it, alternatives included.
        _source.Expect(")");
        return $"(?:{Alternatives(inner)})";
    }

    string Close(string open, bool ignoreCase)
    {
        var group = $"{open}{Alternatives(ignoreCase)})";
        _source.Expect(")");
        return group;
    }

    string Escape(bool ignoreCase)
    {
        var word = CharacterSet.WordAlone.ToPattern();
        (string Escape, string Pattern)[] assertions =
        [
            (@"\A", @"\A"), (@"\z", @"\z"), (@"\Z", @"(?=\n?\z)"),
            (@"\b", $"(?:(?<={word})(?!{word})|(?<!{word})(?={word}))"),
            (@"\B", $"(?:(?<={word})(?={word})|(?<!{word})(?!{word}))"),
            (@"\R", @"(?>\r\n|[\n-\r\u0085\u2028\u2029])"), (@"\N", @"[^\n]"), (@"\O", @"[\s\S]"),
        ];
        foreach (var (escape, pattern) in assertions)
        {
            if (_source.TryTake(escape))
            {
                return pattern;
            }
        }

        return _classes.Escape(ignoreCase, CharacterSet.WordAlone, out var single) is { } set ? set.ToPattern() : _classes.Literal(single, ignoreCase).ToPattern();
    }
}
