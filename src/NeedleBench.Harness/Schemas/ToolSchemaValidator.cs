using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace NeedleBench.Harness.Schemas;

/// <summary>
/// Checks a call's arguments against its tool's JSON Schema. The only place that knows NJsonSchema, which reads drafts 4 to
/// 7; <see cref="SchemaDialect"/> brings newer schemas there. Compiled schemas are kept by their text. Safe for many threads.
/// </summary>
/// <remarks>
/// A number is an integer where its value is whole, however it is written (draft 2020-12, section 6.1.1), within 64 bits.
/// String lengths count UTF-16 units. Keywords that NJsonSchema does not know are passed over, as JSON Schema asks.
/// </remarks>
public static class ToolSchemaValidator
{
    static readonly ConcurrentDictionary<string, JsonSchema> Compiled = new(StringComparer.Ordinal);

    /// <summary>Why <paramref name="arguments"/> do not fit <paramref name="schema"/>, one line each; empty where they fit.</summary>
    /// <param name="schema">The parameters as JSON Schema: <see cref="ToolDefinition.Schema"/>.</param>
    /// <param name="arguments">The arguments of one call.</param>
    /// <exception cref="InputException">The schema itself cannot be read.</exception>
    public static IReadOnlyList<string> Validate(JsonElement schema, JsonElement arguments)
    {
        var compiled = Compile(schema);
        var token = ToToken(arguments);
        try
        {
            // NJsonSchema fills parts of a schema at first use, so two threads must not be in one schema at a time.
            lock (compiled)
            {
                var errors = compiled.Validate(token);
                return errors.Count == 0 ? [] : [.. errors.Select(Describe)];
            }
        }
        catch (InvalidOperationException e)
        {
            throw Unreadable(e.Message, e);
        }
    }

    /// <summary>Reads <paramref name="schema"/> without checking anything against it.</summary>
    /// <exception cref="InputException">The schema cannot be read.</exception>
    public static void CheckSchema(JsonElement schema) => Compile(schema);

    static JsonSchema Compile(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            throw Unreadable($"it is a JSON {schema.ValueKind.ToString().ToLowerInvariant()}, not an object", null);
        }

        return Compiled.GetOrAdd(schema.GetRawText(), static (_, element) => Read(element), schema);
    }

    static JsonSchema Read(JsonElement schema)
    {
        var text = SchemaDialect.ToDraft7(schema);
        try
        {
            return JsonSchema.FromJsonAsync(text).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is Newtonsoft.Json.JsonException or InvalidOperationException or ArgumentException
            or NotSupportedException or FormatException or OverflowException)
        {
            throw Unreadable(FirstLine(e.Message), e);
        }
    }

    static JToken ToToken(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ToObject(element),
        JsonValueKind.Array => new JArray(element.EnumerateArray().Select(ToToken)),
        JsonValueKind.String => new JValue(element.GetString()),
        JsonValueKind.Number => ToNumber(element),
        JsonValueKind.True => new JValue(true),
        JsonValueKind.False => new JValue(false),
        _ => JValue.CreateNull(),
    };

    static JObject ToObject(JsonElement element)
    {
        var result = new JObject();
        foreach (var member in element.EnumerateObject())
        {
            // The last of two members with one name counts, as in System.Text.Json.
            result[member.Name] = ToToken(member.Value);
        }

        return result;
    }

    static JValue ToNumber(JsonElement element)
    {
        if (element.TryGetInt64(out var whole))
        {
            return new JValue(whole);
        }

        var value = element.GetDouble();
        return double.IsInteger(value) && Math.Abs(value) < 9e15 ? new JValue((long)value) : new JValue(value);
    }

    static string Describe(ValidationError error)
    {
        var path = error.Path is null ? "" : error.Path.StartsWith("#/", StringComparison.Ordinal) ? error.Path[2..] : error.Path.TrimStart('#');
        var text = new StringBuilder(path.Length == 0 ? "arguments" : path).Append(": ").Append(Words(error.Kind));
        if (error is ChildSchemaValidationError { Errors: var children })
        {
            var inner = children.Values.SelectMany(list => list).Select(child => Words(child.Kind)).Distinct().ToList();
            if (inner.Count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $" ({string.Join(", or ", inner)})");
            }
        }

        return text.ToString();
    }

    // NumberTooBig → "number too big"
    static string Words(ValidationErrorKind kind)
    {
        var text = new StringBuilder();
        foreach (var c in kind.ToString())
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0)
            {
                text.Append(' ');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    static string FirstLine(string message) => message.Split('\n', 2)[0].TrimEnd('\r', '.');

    static InputException Unreadable(string why, Exception? inner) => new(
        $"the parameters are no JSON Schema that can be checked: {why}",
        "Write {\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}},\"required\":[\"name\"]}.",
        inner: inner);
}
