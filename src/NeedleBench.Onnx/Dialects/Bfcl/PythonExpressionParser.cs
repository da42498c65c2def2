using NeedleBench.Onnx.Dialects.Parsing;

namespace NeedleBench.Onnx.Dialects.Bfcl;

/// <summary>
/// The expressions of Python that a model may write as calls, with Python's own strictness: its keywords are no names, its
/// integers have no leading zeros, its strings end on their line. Lambdas, comprehensions, assignments, formatted strings
/// and comments are refused as if they were errors.
/// </summary>
static class PythonExpressionParser
{
    /// <summary>Reads the elements of a list display up to the end of the text; null where that is no valid Python.</summary>
    public static List<PythonNode>? Elements(string text)
    {
        var cursor = new TextCursor(text);
        var list = new PythonNode(PythonNodeKind.List);
        return PythonAtomParser.TryItems(cursor, '\0', list, out _) ? list.Items : null;
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

    /// <summary>Reads an operand, and whatever operators and further operands follow it.</summary>
    public static bool TryExpression(TextCursor cursor, out PythonNode node)
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
        if (PythonAtomParser.ReadIdentifier(cursor) is "and" or "or" or "in" or "is" or "if" or "else" or "not")
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
        if (!PythonAtomParser.TryRead(cursor, out node))
        {
            return false;
        }

        while (true)
        {
            cursor.SkipSpace();
            if (cursor.Current == '(')
            {
                var call = new PythonNode(node.Kind == PythonNodeKind.Name ? PythonNodeKind.Call : PythonNodeKind.Other) { Name = node.Name };
                if (!PythonAtomParser.TryArguments(cursor, call))
                {
                    return false;
                }

                node = call;
            }
            else if (cursor.TryTake('['))
            {
                node = new PythonNode(PythonNodeKind.List);
                if (!PythonAtomParser.TryItems(cursor, ']', node, out _) || node.Items.Count == 0)
                {
                    return false;
                }

                node = new PythonNode(PythonNodeKind.Other);
            }
            else if (cursor.TryTake('.'))
            {
                cursor.SkipSpace();
                if (PythonAtomParser.ReadIdentifier(cursor) is var name && (name.Length == 0 || PythonAtomParser.IsKeyword(name)))
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
}
