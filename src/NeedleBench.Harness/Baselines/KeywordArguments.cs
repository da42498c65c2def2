using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NeedleBench.Harness.Baselines;

/// <summary>
/// Fills a tool's arguments by patterns: enum words that stand in the query, numbers in order, times, quoted text, names,
/// what follows a preposition.
/// </summary>
static partial class KeywordArguments
{
    static readonly string[] Positive = ["on", "yes", "enable", "enabled", "true", "start", "turn on"];
    static readonly string[] Negative = ["off", "no", "disable", "disabled", "false", "stop", "without"];

    /// <summary>False where a required argument finds nothing in the query: then the tool is not called.</summary>
    public static bool TryFill(QueryWords query, ToolDefinition tool, out JsonElement arguments)
    {
        var filled = new JsonObject();
        arguments = default;
        if (tool.Schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            var numbers = new Queue<decimal>(SpokenNumbers.In(query));
            var required = Required(tool.Schema);
            foreach (var property in properties.EnumerateObject())
            {
                var needed = required.Contains(property.Name);
                var value = Value(query, property.Name, property.Value, needed, numbers)
                    ?? (needed && IsText(property.Value) ? Rest(query, tool) : null);
                if (value is not null)
                {
                    filled[property.Name] = value;
                }
                else if (needed)
                {
                    return false;
                }
            }
        }

        arguments = JsonSerializer.SerializeToElement(filled);
        return true;
    }

    static JsonNode? Value(QueryWords query, string name, JsonElement schema, bool required, Queue<decimal> numbers)
    {
        if (schema.TryGetProperty("enum", out var options) && options.ValueKind == JsonValueKind.Array)
        {
            return options.EnumerateArray().Where(o => o.ValueKind == JsonValueKind.String && Says(query, o.GetString()!))
                .Select(o => JsonNode.Parse(o.GetRawText())).FirstOrDefault();
        }

        return (schema.TryGetProperty("type", out var type) ? type.ToString() : "string") switch
        {
            "boolean" => Boolean(query, required),
            "integer" or "number" => Number(schema, numbers),
            "array" when Text(query, name, required) is { } item => new JsonArray(JsonValue.Create(item)),
            "string" => Text(query, name, required) is { } text ? JsonValue.Create(text) : null,
            _ => null,
        };
    }

    static bool Says(QueryWords query, string option)
    {
        var stems = QueryWords.Stems(option).ToList();
        return stems.Count > 0 && stems.All(s => query.Words.Any(w => w.Stem == s));
    }

    static JsonValue? Boolean(QueryWords query, bool required)
    {
        var words = query.Words.Select(w => w.Text.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        return Negative.Any(words.Contains) ? JsonValue.Create(false)
            : Positive.Any(words.Contains) || required ? JsonValue.Create(true)
            : null;
    }

    static JsonValue? Number(JsonElement schema, Queue<decimal> numbers)
    {
        while (numbers.TryDequeue(out var number))
        {
            var whole = !schema.TryGetProperty("type", out var type) || !type.ValueEquals("integer") || number == Math.Floor(number);
            if (whole && Within(schema, "minimum", number, 1) && Within(schema, "maximum", number, -1))
            {
                return JsonValue.Create(number);
            }
        }

        return null;
    }

    static bool Within(JsonElement schema, string limit, decimal number, int sign) =>
        !schema.TryGetProperty(limit, out var value) || !value.TryGetDecimal(out var bound) || sign * number >= sign * bound;

    static string? Text(QueryWords query, string name, bool required)
    {
        var hint = string.Join(' ', QueryWords.Stems(name));
        if (QuotedPattern().Match(query.Text) is { Success: true } quoted)
        {
            return quoted.Groups[1].Value;
        }

        if (hint.Contains("time", StringComparison.Ordinal) || hint.Contains("when", StringComparison.Ordinal))
        {
            return First(TimePattern(), query.Text);
        }

        if (hint.Contains("duration", StringComparison.Ordinal) || hint.Contains("length", StringComparison.Ordinal))
        {
            return First(DurationPattern(), query.Text);
        }

        if (hint.Contains("message", StringComparison.Ordinal) || hint.Contains("text", StringComparison.Ordinal) || hint.Contains("body", StringComparison.Ordinal))
        {
            return After(query.Text, MessagePattern());
        }

        if (hint.Contains("contact", StringComparison.Ordinal) || hint.Contains("recipient", StringComparison.Ordinal) || hint.Contains("person", StringComparison.Ordinal))
        {
            return First(NamePattern(), query.Text);
        }

        // An optional argument that nothing points at is not guessed.
        return required ? After(query.Text, PrepositionPattern()) : null;
    }

    // The longest run of words that the tool's own description does not explain: what the request is about.
    static JsonValue? Rest(QueryWords query, ToolDefinition tool)
    {
        var known = QueryWords.Stems($"{tool.Name} {tool.Description}").Concat(KeywordToolChoice.Ignored).ToHashSet(StringComparer.Ordinal);
        var best = (First: 0, Length: 0);
        var first = 0;
        for (var i = 0; i <= query.Words.Count; i++)
        {
            if (i < query.Words.Count && !known.Contains(query.Words[i].Stem) && !known.Contains(query.Words[i].Text.ToLowerInvariant()))
            {
                continue;
            }

            best = i - first > best.Length ? (first, i - first) : best;
            first = i + 1;
        }

        return best.Length == 0 ? null : JsonValue.Create(query.Text[query.Words[best.First].Index..query.Words[best.First + best.Length - 1].End]);
    }

    static bool IsText(JsonElement schema) =>
        !schema.TryGetProperty("enum", out _) && (!schema.TryGetProperty("type", out var type) || type.ValueEquals("string"));

    static string? First(Regex pattern, string text) => pattern.Match(text) is { Success: true } match ? match.Value.Trim() : null;

    static string? After(string text, Regex pattern) =>
        pattern.Match(text) is { Success: true } match ? match.Groups[1].Value.Trim(' ', '.', '?', '!', ',') : null;

    static HashSet<string> Required(JsonElement schema) =>
        schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array
            ? [.. required.EnumerateArray().Select(r => r.ToString())]
            : [];

    [GeneratedRegex("""["“”]([^"“”]+)["“”]|(?<!\w)['‘]([^'’]+)['’](?!\w)""")]
    private static partial Regex QuotedPattern();

    [GeneratedRegex(@"\b(?:\d{1,2}[:.]\d{2}|(?:half|quarter)(?: past| to)? \w+|\d{1,2})(?:\s?[ap]\.?m\b\.?)?(?:\s(?:tonight|tomorrow|today))?", RegexOptions.IgnoreCase)]
    private static partial Regex TimePattern();

    [GeneratedRegex(@"\b(?:\w+ and a half|half an?|an?|\d+(?:\.\d+)?|\w+)\s(?:seconds?|minutes?|mins?|hours?|days?|weeks?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex DurationPattern();

    [GeneratedRegex(@"\b(?:saying|say|that|tell \w+)\s+(.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex MessagePattern();

    [GeneratedRegex(@"(?<=\s)\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+)*")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\b(?:for|to|in|at|on|about|called|of|with|from|the)\s+(.+?)(?=\s(?:for|to|in|at|on|about|with|from|please|and)\b|[,.?!]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex PrepositionPattern();
}
