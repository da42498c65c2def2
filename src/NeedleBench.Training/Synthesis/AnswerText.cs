using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NeedleBench.Training.Synthesis;

/// <summary>
/// Calls as a SAN writes them: the text of Python's <c>json.dumps(x, separators=(",", ":"), ensure_ascii=False)</c>, with the
/// loss weight of each of its UTF-8 bytes.
/// </summary>
sealed class AnswerText(TokenRoleWeights weights)
{
    readonly StringBuilder _text = new(256);
    readonly List<float> _weights = new(256);

    /// <summary>The weight of each byte.</summary>
    public List<float> Weights => _weights;

    public override string ToString() => _text.ToString();

    /// <param name="calls">In order.</param>
    /// <param name="seen">The name the model sees for each.</param>
    public void Write(IReadOnlyList<ToolCall> calls, IReadOnlyList<string> seen)
    {
        _text.Clear();
        _weights.Clear();
        Append("[", weights.Structure);
        Append(calls.Count > 0 ? "{" : "]", weights.Decision);
        for (var i = 0; i < calls.Count; i++)
        {
            Append(i > 0 ? ",{\"name\":\"" : "\"name\":\"", weights.Structure);
            AppendEscaped(seen[i], weights.Name);
            Append("\"", weights.Name);
            Append(",\"arguments\":{", weights.Structure);
            var first = true;
            foreach (var argument in calls[i].Arguments.EnumerateObject())
            {
                Append(first ? "\"" : ",\"", weights.Structure);
                first = false;
                AppendEscaped(argument.Name, weights.Key);
                Append("\"", weights.Key);
                Append(":", weights.Structure);
                AppendValue(argument.Value);
            }

            Append(i < calls.Count - 1 ? "}}" : "}}]", weights.Structure);
        }
    }

    void AppendValue(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Append("{", weights.Value);
                var members = 0;
                foreach (var member in value.EnumerateObject())
                {
                    Append(members++ > 0 ? ",\"" : "\"", weights.Value);
                    AppendEscaped(member.Name, weights.Value);
                    Append("\":", weights.Value);
                    AppendValue(member.Value);
                }

                Append("}", weights.Value);
                break;
            case JsonValueKind.Array:
                Append("[", weights.Value);
                var items = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Append(items++ > 0 ? "," : "", weights.Value);
                    AppendValue(item);
                }

                Append("]", weights.Value);
                break;
            case JsonValueKind.String:
                Append("\"", weights.Value);
                AppendEscaped(value.GetString()!, weights.Value);
                Append("\"", weights.Value);
                break;
            default:
                Append(value.GetRawText(), weights.Value);
                break;
        }
    }

    void AppendEscaped(string value, float weight)
    {
        var from = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var escape = value[i] switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)value[i]:x4}"),
                _ => null,
            };
            if (escape is not null)
            {
                Append(value.AsSpan(from, i - from), weight);
                Append(escape, weight);
                from = i + 1;
            }
        }

        Append(value.AsSpan(from), weight);
    }

    void Append(ReadOnlySpan<char> text, float weight)
    {
        _text.Append(text);
        for (var bytes = Encoding.UTF8.GetByteCount(text); bytes > 0; bytes--)
        {
            _weights.Add(weight);
        }
    }
}
