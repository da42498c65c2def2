using NeedleBench.Onnx.Dialects.Parsing;

namespace NeedleBench.Onnx.Dialects.Bfcl;

/// <summary>
/// The expressions of Python that a model may write as calls, with Python's own strictness: its keywords are no names, its
/// integers have no leading zeros, its strings end on their line. Lambdas, comprehensions, formatted strings and comments are
/// refused as if they were errors.
/// </summary>
static class PythonExpressionParser
{
    static readonly HashSet<string> Keywords =
    [
        "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally",
        "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try",
        "while", "with", "yield", "True", "False", "None",
    ];

    /// <summary>Reads the elements of a list display up to the end of the text; null where that is no valid Python.</summary>
    public static List<PythonNode>? Elements(string text)
    {
        var cursor = new TextCursor(text);
        var list = new PythonNode(PythonNodeKind.List);
        return TryItems(cursor, '\0', list, out _) ? list.Items : null;
    }

    /// <summary>
    /// Reads one expression, or several with commas, outside any bracket: there, a line end ends it. Null where that is no valid
    /// Python.
    /// </summary>
    public static PythonNode? Expression(string text)
    {
        var cursor = new TextCursor(text);
        if (cursor.Current is ' ' or '\t')
        {
            return null;
        }

        var tuple = new PythonNode(PythonNodeKind.Tuple);
        while (TryExpression(cursor, out var item) && !HasLineEndBefore(cursor))
        {
            tuple.Items.Add(item);
            if (cursor.IsAtEnd)
            {
                return tuple.Items.Count == 1 ? item : tuple;
            }

            if (!cursor.TryTake(','))
            {
                return null;
            }

            cursor.SkipSpace();
            if (cursor.IsAtEnd)
            {
                return tuple;
            }

            if (HasLineEndBefore(cursor))
            {
                return null;
            }
        }

        return null;
    }

    static bool HasLineEndBefore(TextCursor cursor)
    {
        for (var i = cursor.Position - 1; i >= 0 && char.IsWhiteSpace(cursor.Text[i]); i--)
        {
            if (cursor.Text[i] is '\n' or '\r' && !cursor.IsAtEnd)
            {
                return true;
            }
        }

        return false;
    }

    // An operand, and whatever operators and further operands follow it.
    static bool TryExpression(TextCursor cursor, out PythonNode node)
    {
        if (!TryOperand(cursor, out node))
        {
            return false;
        }

        while (TryTakeOperator(cursor))
        {
            if (!TryOperand(cursor, out _))
            {
                return false;
            }

            node = new PythonNode(PythonNodeKind.Other);
        }

        return true;
    }

    static bool TryTakeOperator(TextCursor cursor)
    {
        cursor.SkipSpace();
        foreach (var sign in (ReadOnlySpan<string>)["**", "//", "<<", ">>", "<=", ">=", "==", "!=", "+", "-", "*", "/", "%", "&", "|", "^", "@", "<", ">"])
        {
            if (cursor.TryTake(sign))
            {
                return true;
            }
        }

        var start = cursor.Position;
        if (ReadIdentifier(cursor) is "and" or "or" or "in" or "is" or "if" or "else" or "not")
        {
            return true;
        }

        cursor.Position = start;
        return false;
    }

    static bool TryOperand(TextCursor cursor, out PythonNode node)
    {
        node = new PythonNode(PythonNodeKind.Other);
        cursor.SkipSpace();
        if (!cursor.TryEnter())
        {
            return false;
        }

        var isRead = cursor.Current is '-' or '+' or '~' ? TrySigned(cursor, out node) : TryPrimary(cursor, out node);
        cursor.Leave();
        return isRead;
    }

    static bool TrySigned(TextCursor cursor, out PythonNode node)
    {
        node = new PythonNode(cursor.Current == '-' ? PythonNodeKind.Minus : PythonNodeKind.Sign);
        cursor.Position++;
        if (!TryOperand(cursor, out var operand))
        {
            return false;
        }

        node.Items.Add(operand);
        return true;
    }

    static bool TryPrimary(TextCursor cursor, out PythonNode node)
    {
        if (!TryAtom(cursor, out node))
        {
            return false;
        }

        while (true)
        {
            cursor.SkipSpace();
            if (cursor.Current == '(')
            {
                var call = new PythonNode(node.Kind == PythonNodeKind.Name ? PythonNodeKind.Call : PythonNodeKind.Other) { Name = node.Name };
                if (!TryArguments(cursor, call))
                {
                    return false;
                }

                node = call;
            }
            else if (cursor.TryTake('['))
            {
                node = new PythonNode(PythonNodeKind.List);
                if (!TryItems(cursor, ']', node, out _) || node.Items.Count == 0)
                {
                    return false;
                }

                node = new PythonNode(PythonNodeKind.Other);
            }
            else if (cursor.TryTake('.'))
            {
                cursor.SkipSpace();
                if (ReadIdentifier(cursor) is var name && (name.Length == 0 || Keywords.Contains(name)))
                {
                    return false;
                }

                node = new PythonNode(PythonNodeKind.Other);
            }
            else
            {
                // A name with a dot that nobody calls is an attribute.
                node = node.Kind == PythonNodeKind.Name && node.Name.Contains('.', StringComparison.Ordinal)
                    ? new PythonNode(PythonNodeKind.Other)
                    : node;
                return true;
            }
        }
    }

    static bool TryAtom(TextCursor cursor, out PythonNode node)
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

        if (name.Length == 0 || Keywords.Contains(name))
        {
            return false;
        }

        while (cursor.TryTake('.'))
        {
            var part = ReadIdentifier(cursor);
            if (part.Length == 0 || Keywords.Contains(part))
            {
                return false;
            }
        }

        node = new PythonNode(PythonNodeKind.Name) { Name = cursor.Text[start..cursor.Position] };
        return true;
    }

    // '\0' stands for the end of the text.
    static bool TryItems(TextCursor cursor, char end, PythonNode list, out bool hasComma)
    {
        hasComma = false;
        cursor.SkipSpace();
        while (!TryClose(cursor, end))
        {
            if (!TryExpression(cursor, out var item))
            {
                return false;
            }

            list.Items.Add(item);
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
            if (!TryExpression(cursor, out var key))
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
            if (hasValue && !TryExpression(cursor, out value))
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

    static bool TryArguments(TextCursor cursor, PythonNode call)
    {
        cursor.Position++;
        cursor.SkipSpace();
        while (!cursor.TryTake(')'))
        {
            var start = cursor.Position;
            var name = ReadIdentifier(cursor);
            cursor.SkipSpace();
            var isKeyword = name.Length > 0 && cursor.Current == '=' && !cursor.IsAt("==");
            if (isKeyword)
            {
                cursor.Position++;
            }
            else
            {
                cursor.Position = start;
            }

            if ((isKeyword ? Keywords.Contains(name) : call.Keywords.Count > 0) || !TryExpression(cursor, out var value))
            {
                return false;
            }

            if (isKeyword)
            {
                call.Keywords.Add(KeyValuePair.Create(name, value));
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

    static string ReadIdentifier(TextCursor cursor)
    {
        var start = cursor.Position;
        while (char.IsLetter(cursor.Current) || cursor.Current == '_' || (cursor.Position > start && char.IsLetterOrDigit(cursor.Current)))
        {
            cursor.Position++;
        }

        return cursor.Text[start..cursor.Position];
    }
}
