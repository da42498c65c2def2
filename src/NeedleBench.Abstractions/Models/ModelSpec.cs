using System.Globalization;

namespace NeedleBench;

/// <summary>
/// A model's name, <c>scheme:rest?key=value&amp;key=value</c>: <c>san:san-nano?threads=1</c>,
/// <c>openai:http://127.0.0.1:8080/v1?model=x</c>. The scheme ends at the first colon, the options begin at the last
/// question mark; option values are percent-decoded, the rest is taken as it is (it may be a path).
/// </summary>
public sealed record ModelSpec
{
    readonly Dictionary<string, string> _options;

    ModelSpec(string text, string scheme, string rest, Dictionary<string, string> options)
    {
        Text = text;
        Scheme = scheme;
        Rest = rest;
        _options = options;
    }

    /// <summary>The spec as it was written.</summary>
    public string Text { get; }

    public string Scheme { get; }

    public string Rest { get; }

    public IReadOnlyDictionary<string, string> Options => _options;

    /// <exception cref="InputException">The text has no scheme, nothing behind it, or a malformed or doubled option.</exception>
    public static ModelSpec Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !text.AsSpan(0, colon).ContainsOnlySchemeCharacters())
        {
            throw Bad(text, "it has no scheme");
        }

        var question = text.LastIndexOf('?');
        var rest = question < 0 ? text[(colon + 1)..] : text[(colon + 1)..Math.Max(question, colon + 1)];
        if (rest.Length == 0)
        {
            throw Bad(text, "nothing stands behind the scheme");
        }

        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        if (question >= 0)
        {
            foreach (var pair in text[(question + 1)..].Split('&'))
            {
                var equals = pair.IndexOf('=', StringComparison.Ordinal);
                if (equals <= 0)
                {
                    throw Bad(text, $"the option '{pair}' is not key=value");
                }

                if (!options.TryAdd(pair[..equals], Uri.UnescapeDataString(pair[(equals + 1)..])))
                {
                    throw Bad(text, $"the option '{pair[..equals]}' stands twice");
                }
            }
        }

        return new ModelSpec(text, text[..colon], rest, options);
    }

    /// <summary>Refuses options that nobody reads: a misspelt option must not silently measure something else.</summary>
    /// <exception cref="InputException">An option is not among <paramref name="known"/>.</exception>
    public void AllowOptions(params ReadOnlySpan<string> known)
    {
        foreach (var key in _options.Keys)
        {
            if (!known.Contains(key))
            {
                throw Bad(Text, $"'{Scheme}:' has no option '{key}'", $"It has: {string.Join(", ", known.ToArray())}.");
            }
        }
    }

    public string GetString(string key, string fallback) => _options.GetValueOrDefault(key, fallback);

    /// <exception cref="InputException">The value is no whole number in [<paramref name="min"/>, <paramref name="max"/>].</exception>
    public int GetInt(string key, int fallback, int min, int max)
    {
        if (!_options.TryGetValue(key, out var text))
        {
            return fallback;
        }

        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw Bad(Text, $"'{key}={text}' is no whole number from {min} to {max}");
    }

    /// <exception cref="InputException">The value is no number in [<paramref name="min"/>, <paramref name="max"/>].</exception>
    public double GetDouble(string key, double fallback, double min, double max)
    {
        if (!_options.TryGetValue(key, out var text))
        {
            return fallback;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw Bad(Text, string.Create(CultureInfo.InvariantCulture, $"'{key}={text}' is no number from {min} to {max}"));
    }

    /// <exception cref="InputException">The value is neither <c>true</c> nor <c>false</c>.</exception>
    public bool GetBool(string key, bool fallback)
    {
        if (!_options.TryGetValue(key, out var text))
        {
            return fallback;
        }

        return text switch
        {
            "true" => true,
            "false" => false,
            _ => throw Bad(Text, $"'{key}={text}' is neither true nor false"),
        };
    }

    public override string ToString() => Text;

    static InputException Bad(string text, string problem, string mend = "A model spec reads scheme:name?key=value&key=value.") =>
        new($"model spec '{text}': {problem}", mend);
}

file static class SchemeCharacters
{
    public static bool ContainsOnlySchemeCharacters(this ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '+' or '.'))
            {
                return false;
            }
        }

        return true;
    }
}
