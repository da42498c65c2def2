using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;
using NeedleBench.Onnx.Dialects.Parsing;
using NeedleBench.Onnx.Dialects.Rendering;

namespace NeedleBench.Onnx.Dialects.Bfcl;

/// <summary>
/// What Berkeley's handler for FunctionGemma reads. It never fails: brackets push and pop whatever is open, a value without a
/// key waits to become the next key, an unquoted text is a number if Python's <c>int</c> or <c>float</c> takes it. Only arguments
/// nested deeper than our files hold are a failure here.
/// </summary>
static class BfclFunctionGemmaReader
{
    const string Start = "<start_function_call>";
    const string End = "<end_function_call>";
    const string Escape = "<escape>";
    const string Prefix = "call:";

    public static DialectAnswer Parse(string text)
    {
        var calls = new List<ToolCall>();
        var position = 0;
        while (true)
        {
            var start = text.IndexOf(Start, position, StringComparison.Ordinal);
            var end = start < 0 ? -1 : text.IndexOf(End, start + Start.Length, StringComparison.Ordinal);
            if (end < 0)
            {
                return new DialectAnswer(calls, null);
            }

            position = end + End.Length;
            var body = PythonText.Strip(text[(start + Start.Length)..end]);
            if (!body.StartsWith(Prefix, StringComparison.Ordinal))
            {
                continue;
            }

            var brace = body.IndexOf('{', StringComparison.Ordinal);
            var name = JsonStrings.WellFormed(PythonText.Strip(brace < 0 ? body[Prefix.Length..] : body[Prefix.Length..brace]));
            var arguments = new JsonObject();
            if (brace >= 0)
            {
                var machine = new Machine();
                if (!machine.TryRun(body[brace..], out arguments))
                {
                    return new DialectAnswer(
                        calls, new ParseFailure(ParseFailureKind.NotJson, $"values nested deeper than {TextCursor.MaxDepth} levels"));
                }
            }

            calls.Add(CallNodes.Call(name, arguments));
        }
    }

    /// <summary>The handler's two stacks: what is open, and, for objects only, the key that waits for its value.</summary>
    sealed class Machine
    {
        readonly JsonArray _root = [];
        readonly Stack<JsonNode> _open = new();
        readonly Stack<string?> _keys = new();
        readonly StringBuilder _buffer = new();
        string? _waiting;

        public bool TryRun(string text, out JsonObject arguments)
        {
            _open.Push(_root);
            arguments = [];
            for (var i = 0; i < text.Length;)
            {
                if (text[i] == '<' && text.AsSpan(i).StartsWith(Escape, StringComparison.Ordinal))
                {
                    i = AddEscaped(text, i);
                    continue;
                }

                if (text[i] is '{' or '[' or ':' or ']' or '}' or ',')
                {
                    Commit();
                    Structure(text[i]);
                    if (_open.Count > TextCursor.MaxDepth + 1)
                    {
                        return false;
                    }
                }
                else
                {
                    _buffer.Append(text[i]);
                }

                i++;
            }

            Commit();
            arguments = _root.Count > 0 && _root[0] is JsonObject first ? first : [];
            return true;
        }

        int AddEscaped(string text, int start)
        {
            var from = start + Escape.Length;
            var end = text.IndexOf(Escape, from, StringComparison.Ordinal);
            Commit();
            var value = JsonStrings.WellFormed(end < 0 ? text[start..] : text[from..end]);
            Add(value, value);
            return end < 0 ? text.Length : end + Escape.Length;
        }

        void Structure(char c)
        {
            switch (c)
            {
                case '{':
                    Open(new JsonObject());
                    _keys.Push(null);
                    break;
                case '[':
                    Open(new JsonArray());
                    break;
                case '}' when _open.Count > 1:
                    _open.Pop();
                    _keys.TryPop(out _);
                    break;
                case ']' when _open.Count > 1:
                    _open.Pop();
                    break;
                case ':' when _waiting is not null && _open.Peek() is JsonObject && _keys.Count > 0:
                    _keys.Pop();
                    _keys.Push(_waiting);
                    break;
            }

            _waiting = null;
        }

        void Open(JsonNode container)
        {
            Add(container, null);
            _open.Push(container);
        }

        void Commit()
        {
            var text = PythonText.Strip(_buffer.ToString());
            _buffer.Clear();
            if (text.Length > 0)
            {
                var value = Primitive(JsonStrings.WellFormed(text), out var asKey);
                Add(value, asKey);
            }
        }

        // asKey is Python's str() of the value: what it is called if it turns out to be a key. None never does.
        void Add(JsonNode? value, string? asKey)
        {
            if (_open.Peek() is JsonArray list)
            {
                list.Add(value);
            }
            else if (_keys.TryPeek(out var key) && key is not null)
            {
                ((JsonObject)_open.Peek())[key] = value;
                _keys.Pop();
                _keys.Push(null);
            }
            else
            {
                _waiting = asKey;
            }
        }

        static JsonNode? Primitive(string text, out string? asKey)
        {
            asKey = text switch { "null" => null, "true" => "True", "false" => "False", _ => text };
            switch (text)
            {
                case "null": return null;
                case "true": return true;
                case "false": return false;
            }

            if (PythonNumber.TryInteger(text, out var integer))
            {
                asKey = integer;
                return JsonNode.Parse(integer);
            }

            if (PythonNumber.TryFloat(text, out var number))
            {
                asKey = double.IsFinite(number) ? PythonJson.Float(number) : double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
                return double.IsNaN(number) ? PythonFloats.NotANumber()
                    : double.IsFinite(number) ? JsonNode.Parse(asKey) : PythonFloats.Infinity(number < 0);
            }

            return text;
        }
    }

    /// <summary>Python's <c>int(text)</c> and <c>float(text)</c>.</summary>
    static class PythonNumber
    {
        // Python refuses to convert longer ones.
        const int MaxDigits = 4300;

        public static bool TryInteger(string text, out string integer)
        {
            integer = "";
            var digits = WithoutUnderscores(PythonText.AsciiDigits(text));
            var unsigned = digits is ['+' or '-', .. var rest] ? rest : digits;
            if (unsigned is null or "" || unsigned.Length > MaxDigits || unsigned.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0)
            {
                return false;
            }

            integer = BigInteger.Parse(digits!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
            return true;
        }

        public static bool TryFloat(string text, out double value)
        {
            value = 0;
            var digits = WithoutUnderscores(PythonText.AsciiDigits(text));
            if (digits is null)
            {
                return false;
            }

            var unsigned = digits is ['+' or '-', .. var rest] ? rest : digits;
            var sign = digits[0] == '-' ? -1 : 1;
            switch (unsigned.ToLowerInvariant())
            {
                case "inf" or "infinity":
                    value = sign * double.PositiveInfinity;
                    return true;
                case "nan":
                    value = double.NaN;
                    return true;
            }

            const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign;
            return unsigned.Length > 0 && (char.IsAsciiDigit(unsigned[0]) || unsigned[0] == '.')
                && double.TryParse(digits, Style, CultureInfo.InvariantCulture, out value);
        }

        // Null where an underscore does not stand between two digits.
        static string? WithoutUnderscores(string text)
        {
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] == '_' && (i == 0 || i == text.Length - 1 || !char.IsAsciiDigit(text[i - 1]) || !char.IsAsciiDigit(text[i + 1])))
                {
                    return null;
                }
            }

            return text.Replace("_", "", StringComparison.Ordinal);
        }
    }
}
