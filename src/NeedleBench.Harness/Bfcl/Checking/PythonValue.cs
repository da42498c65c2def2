using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace NeedleBench.Harness.Bfcl.Checking;

/// <summary>
/// A JSON value as Python's <c>json.loads</c> reads it, with Python's equality: 5 and 5.0 differ in type, yet
/// <c>1 == 1.0 == True</c>. Of doubled members the last counts, in the place of the first.
/// </summary>
sealed class PythonValue
{
    static readonly OrderedDictionary<string, PythonValue> NoMembers = [];

    PythonValue(PythonType type) => Type = type;

    public PythonType Type { get; }

    /// <summary>Of a str.</summary>
    public string Text { get; private init; } = "";

    /// <summary>Of an int or bool.</summary>
    public BigInteger Integer { get; private init; }

    /// <summary>Of a float.</summary>
    public double Number { get; private init; }

    /// <summary>Of a list.</summary>
    public IReadOnlyList<PythonValue> Items { get; private init; } = [];

    /// <summary>Of a dict, in order.</summary>
    public OrderedDictionary<string, PythonValue> Members { get; private init; } = NoMembers;

    public static PythonValue Of(string text) => new(PythonType.Str) { Text = text };

    public static PythonValue Of(double number) => new(PythonType.Float) { Number = number };

    public static PythonValue Of(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                return Of(PythonText.Of(json));
            case JsonValueKind.Number:
                return OfNumber(json.GetRawText());
            case JsonValueKind.True or JsonValueKind.False:
                return new PythonValue(PythonType.Bool) { Integer = json.GetBoolean() ? 1 : 0 };
            case JsonValueKind.Array:
                return new PythonValue(PythonType.List) { Items = [.. json.EnumerateArray().Select(Of)] };
            case JsonValueKind.Object:
                var members = new OrderedDictionary<string, PythonValue>(StringComparer.Ordinal);
                foreach (var member in json.EnumerateObject())
                {
                    members[PythonText.NameOf(member)] = Of(member.Value);
                }

                return new PythonValue(PythonType.Dict) { Members = members };
            default:
                return new PythonValue(PythonType.None);
        }
    }

    public bool IsText(string text) => Type == PythonType.Str && string.Equals(Text, text, StringComparison.Ordinal);

    /// <summary>Python's <c>==</c>.</summary>
    public bool EqualTo(PythonValue other)
    {
        if (IsNumeric(Type) && IsNumeric(other.Type))
        {
            return (Type, other.Type) switch
            {
                (PythonType.Float, PythonType.Float) => Number == other.Number,
                (PythonType.Float, _) => EqualNumbers(Number, other.Integer),
                (_, PythonType.Float) => EqualNumbers(other.Number, Integer),
                _ => Integer == other.Integer,
            };
        }

        return Type == other.Type && Type switch
        {
            PythonType.Str => string.Equals(Text, other.Text, StringComparison.Ordinal),
            PythonType.List => EqualLists(Items, other.Items),
            PythonType.Dict => Members.Count == other.Members.Count
                && Members.All(m => other.Members.TryGetValue(m.Key, out var value) && m.Value.EqualTo(value)),
            _ => true,
        };
    }

    /// <summary>Python's <c>==</c> of two lists.</summary>
    public static bool EqualLists(IReadOnlyList<PythonValue> left, IReadOnlyList<PythonValue> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (!left[i].EqualTo(right[i]))
            {
                return false;
            }
        }

        return true;
    }

    static PythonValue OfNumber(string raw) => raw.AsSpan().ContainsAny('.', 'e', 'E')
        ? Of(double.Parse(raw, CultureInfo.InvariantCulture))
        : new PythonValue(PythonType.Int) { Integer = BigInteger.Parse(raw, CultureInfo.InvariantCulture) };

    static bool IsNumeric(PythonType type) => type is PythonType.Bool or PythonType.Int or PythonType.Float;

    static bool EqualNumbers(double number, BigInteger integer) => double.IsInteger(number) && new BigInteger(number) == integer;
}
