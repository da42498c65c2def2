using System.Globalization;

namespace NeedleBench.Tokenizers.HuggingFace.Regexes;

/// <summary>The text of a pattern, read from left to right.</summary>
sealed class PatternSource(string text)
{
    int _position;

    public bool AtEnd => _position >= text.Length;

    public char Peek => AtEnd ? '\0' : text[_position];

    public bool Follows(string next) => string.CompareOrdinal(text, _position, next, 0, next.Length) == 0;

    public bool TryTake(string next)
    {
        var follows = Follows(next);
        _position += follows ? next.Length : 0;
        return follows;
    }

    public void Expect(string next)
    {
        if (!TryTake(next))
        {
            throw new FormatException($"'{next}' is missing at {_position}");
        }
    }

    /// <summary>Takes a character; one above U+FFFF has no class of its own here and is refused.</summary>
    public char Take()
    {
        if (AtEnd)
        {
            throw new FormatException("it ends too early");
        }

        return Narrow(char.IsSurrogate(text[_position]) ? 0x10000 : text[_position++]);
    }

    /// <summary>Takes what stands before <paramref name="end"/>, and that too.</summary>
    public string TakeTo(char end)
    {
        var close = text.IndexOf(end, _position);
        if (close < 0)
        {
            throw new FormatException($"'{end}' is missing");
        }

        var taken = text[_position..close];
        _position = close + 1;
        return taken;
    }

    /// <summary>Takes 1 to <paramref name="most"/> hexadecimal digits.</summary>
    public char TakeHex(int least, int most)
    {
        var end = _position;
        while (end < text.Length && end - _position < most && char.IsAsciiHexDigit(text[end]))
        {
            end++;
        }

        if (end - _position < least)
        {
            throw new FormatException($"hexadecimal digits are missing at {_position}");
        }

        var value = int.Parse(text.AsSpan(_position, end - _position), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        _position = end;
        return Narrow(value);
    }

    /// <summary>Takes an interval such as <c>{1,3}</c>, <c>{2}</c>, <c>{2,}</c> or <c>{,3}</c>; anything else in braces is plain text.</summary>
    public bool TryTakeInterval(out string interval, out bool isFixed)
    {
        interval = "";
        isFixed = false;
        var close = Peek == '{' ? text.IndexOf('}', _position) : -1;
        if (close < 0)
        {
            return false;
        }

        var parts = text[(_position + 1)..close].Split(',');
        if (parts.Length > 2 || !parts.All(part => part.All(char.IsAsciiDigit) && part.Length <= 6) || parts.All(part => part.Length == 0))
        {
            return false;
        }

        isFixed = parts.Length == 1;
        interval = isFixed ? $"{{{parts[0]}}}" : $"{{{(parts[0].Length == 0 ? "0" : parts[0])},{parts[1]}}}";
        _position = close + 1;
        return true;
    }

    static char Narrow(int codePoint) => codePoint <= char.MaxValue && !char.IsSurrogate((char)codePoint)
        ? (char)codePoint
        : throw new NotSupportedException("characters above U+FFFF by name");
}
