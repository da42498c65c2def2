using NeedleBench.Onnx.Dialects.Parsing;

namespace NeedleBench.Onnx.Dialects.Bfcl;

/// <summary>What <see cref="PythonExpressionParser"/> puts together: literals, names, and what stands in brackets.</summary>
static class PythonAtomParser
{
    static readonly HashSet<string> Keywords =
    [
        "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally",
        "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try",
        "while", "with", "yield", "True", "False", "None",
    ];

    public static bool IsKeyword(string name) => Keywords.Contains(name);

    /// <summary>Reads a literal, a display in brackets, or a dotted name.</summary>
    public static bool TryRead(TextCursor cursor, out PythonNode node)
    {
        node = new PythonNode(PythonNodeKind.Other);
        if (PythonString.BeginsHere(cursor))
        {
            var isString = PythonString.TryRead(cursor, isStrict: true, out var text);
            node = new PythonNode(PythonNodeKind.Constant) { Constant = text };
            return isString;
        }

        switch (cursor.Current)
        {
            case '[':
                cursor.Position++;
                node = new PythonNode(PythonNodeKind.List);
                return TryItems(cursor, ']', node, out _);
            case '(':
                cursor.Position++;
                node = new PythonNode(PythonNodeKind.Tuple);
                var isTuple = TryItems(cursor, ')', node, out var hasComma);
                node = node.Items.Count == 1 && !hasComma ? node.Items[0] : node;
                return isTuple;
            case '{': return TryBraces(cursor, out node);
            case '.' or (>= '0' and <= '9'): return TryNumber(cursor, out node);
            default: return TryName(cursor, out node);
        }
    }

    static bool TryNumber(TextCursor cursor, out PythonNode node)
    {
        node = new PythonNode(PythonNodeKind.Other);
        var start = cursor.Position;
        if (cursor.TryTake("..."))
        {
            return true;
        }

        if (!NumberText.TryUnsigned(cursor, isPython: true, out var number))
        {
            return false;
        }

        var literal = cursor.Text.AsSpan(start, cursor.Position - start);
        var isFloat = number.AsSpan().IndexOfAny('.', 'e', 'E') >= 0;
        if (!isFloat && literal.Length > 1 && literal[0] == '0' && number != "0" && !char.IsAsciiLetter(literal[1]))
        {
            return false;
        }

        node = new PythonNode(PythonNodeKind.Constant) { Constant = isFloat ? PythonFloats.Node(number) : NumberText.Node(number, isNegative: false) };
        return true;
    }

    static bool TryName(TextCursor cursor, out PythonNode node)
    {
        node = new PythonNode(PythonNodeKind.Constant);
        var start = cursor.Position;
        var name = ReadIdentifier(cursor);
        switch (name)
        {
            case "True":
                node = new PythonNode(PythonNodeKind.Constant) { Constant = true };
                return true;
            case "False":
                node = new PythonNode(PythonNodeKind.Constant) { Constant = false };
                return true;
            case "None": return true;
        }

        if (name.Length == 0 || IsKeyword(name))
        {
            return false;
        }

        while (cursor.TryTake('.'))
        {
            var part = ReadIdentifier(cursor);
            if (part.Length == 0 || IsKeyword(part))
            {
                return false;
            }
        }

        node = new PythonNode(PythonNodeKind.Name) { Name = cursor.Text[start..cursor.Position] };
        return true;
    }

    /// <summary>Reads expressions with commas up to a closing bracket; <c>'\0'</c> stands for the end of the text.</summary>
    public static bool TryItems(TextCursor cursor, char end, PythonNode list, out bool hasComma)
    {
        hasComma = false;
        cursor.SkipSpace();
        while (!TryClose(cursor, end))
        {
            var isStarred = cursor.TryTake('*');
            if (!PythonExpressionParser.TryExpression(cursor, out var item))
            {
                return false;
            }

            list.Items.Add(isStarred ? new PythonNode(PythonNodeKind.Other) : item);
            cursor.SkipSpace();
            if (cursor.TryTake(','))
            {
                hasComma = true;
                cursor.SkipSpace();
            }
            else if (!(end == '\0' ? cursor.IsAtEnd : cursor.Current == end))
            {
                return false;
            }
        }

        return true;
    }

    static bool TryClose(TextCursor cursor, char end) => end == '\0' ? cursor.IsAtEnd : cursor.TryTake(end);

    static bool TryBraces(TextCursor cursor, out PythonNode node)
    {
        node = new PythonNode(PythonNodeKind.Dict);
        var isSet = false;
        cursor.Position++;
        cursor.SkipSpace();
        while (!cursor.TryTake('}'))
        {
            if (!PythonExpressionParser.TryExpression(cursor, out var key))
            {
                return false;
            }

            cursor.SkipSpace();
            var hasValue = cursor.TryTake(':');
            if (node.Keys.Count > 0 && hasValue == isSet)
            {
                return false;
            }

            isSet = !hasValue;
            var value = key;
            if (hasValue && !PythonExpressionParser.TryExpression(cursor, out value))
            {
                return false;
            }

            node.Keys.Add(key);
            node.Items.Add(value);
            cursor.SkipSpace();
            if (!cursor.TryTake(',') && cursor.Current != '}')
            {
                return false;
            }

            cursor.SkipSpace();
        }

        node = isSet ? new PythonNode(PythonNodeKind.Other) : node;
        return true;
    }

    /// <summary>Reads the arguments of a call from the opening bracket on.</summary>
    public static bool TryArguments(TextCursor cursor, PythonNode call)
    {
        cursor.Position++;
        cursor.SkipSpace();
        while (!cursor.TryTake(')'))
        {
            // A dict spread over the arguments has the name None, for which JSON has null.
            var isSpread = cursor.TryTake("**");
            var isStarred = !isSpread && cursor.TryTake('*');
            var start = cursor.Position;
            var name = ReadIdentifier(cursor);
            cursor.SkipSpace();
            var isKeyword = !isSpread && !isStarred && name.Length > 0 && cursor.Current == '=' && !cursor.IsAt("==");
            if (isKeyword)
            {
                cursor.Position++;
            }
            else
            {
                cursor.Position = start;
            }

            var isPositional = !isKeyword && !isSpread && !isStarred;
            if ((isKeyword && IsKeyword(name)) || (isPositional && call.Keywords.Count > 0) || !PythonExpressionParser.TryExpression(cursor, out var value))
            {
                return false;
            }

            if (isKeyword || isSpread)
            {
                call.Keywords.Add(KeyValuePair.Create(isSpread ? "null" : name, value));
            }

            cursor.SkipSpace();
            if (!cursor.TryTake(',') && cursor.Current != ')')
            {
                return false;
            }

            cursor.SkipSpace();
        }

        return true;
    }

    /// <summary>Reads a name without dots; empty where there is none.</summary>
    public static string ReadIdentifier(TextCursor cursor)
    {
        var start = cursor.Position;
        while (char.IsLetter(cursor.Current) || cursor.Current == '_' || (cursor.Position > start && char.IsLetterOrDigit(cursor.Current)))
        {
            cursor.Position++;
        }

        return cursor.Text[start..cursor.Position];
    }
}
