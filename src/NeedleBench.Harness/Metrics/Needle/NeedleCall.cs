using System.Globalization;
using System.Text;
using System.Text.Json;
using NeedleBench.Harness.Scoring;

namespace NeedleBench.Harness.Metrics.Needle;

/// <summary>A predicted call after Needle's normalisation.</summary>
/// <param name="Name">In snake_case; null where the call names no tool.</param>
/// <param name="Arguments">By name (which is left as it is), canonical values; the last of doubled names.</param>
sealed record NeedleCall(string? Name, IReadOnlyList<KeyValuePair<string, string>> Arguments)
{
    /// <param name="name">As the model wrote it.</param>
    /// <param name="arguments">Anything but an object counts as no arguments.</param>
    public static NeedleCall Of(string? name, JsonElement arguments)
    {
        var list = new List<KeyValuePair<string, string>>();
        if (arguments.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in arguments.EnumerateObject())
            {
                var argument = KeyValuePair.Create(CanonicalJson.NameOf(member), NeedleValue.Canonical(member.Value));
                if (list.FindIndex(a => a.Key == argument.Key) is >= 0 and var doubled)
                {
                    list[doubled] = argument;
                }
                else
                {
                    list.Add(argument);
                }
            }
        }

        return new NeedleCall(name is null ? null : SnakeCaseName.From(name), list);
    }

    public string? Value(string argument)
    {
        foreach (var (name, value) in Arguments)
        {
            if (name == argument)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>A text in which equality of calls is equality of strings (ordinal): arguments have no order.</summary>
    public static string KeyOf(string? name, IEnumerable<KeyValuePair<string, string>> arguments)
    {
        var text = new StringBuilder();
        Append(name ?? "-");
        foreach (var (argument, value) in arguments.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            Append(argument);
            Append(value);
        }

        return text.ToString();

        void Append(string part) => text.Append(CultureInfo.InvariantCulture, $"{part.Length}:").Append(part);
    }
}
