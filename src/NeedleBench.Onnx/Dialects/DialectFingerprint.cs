using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NeedleBench.Onnx.Dialects;

/// <summary>
/// A short hash over all that lies between a request and its calls, the weights apart: prompt template, parser, tokenizer,
/// generation settings. Two results with different fingerprints were not measured in the same way.
/// </summary>
public static class DialectFingerprint
{
    // A request that meets every rule of the templates: the prompt it gives stands for the template itself, so that no change
    // of a template can be forgotten here.
    static readonly ToolCallRequest Probe = new(
        " Grüße an \"Bob\" <now>\n",
        [
            new ToolDefinition("probe.tool", "Says \"hé\" \\ 你\u007f.", Parse(
                """
                {"type":"object","properties":{
                  "b":{"type":"string","description":"B","enum":["x","y"]},
                  "A":{"type":"array","description":"a list","items":{"type":"object","properties":{"n":{"type":"number"}},"required":["n"]}},
                  "c":{"type":"object","properties":{"d":{"type":["integer","null"],"default":1e5}},"required":["d"]}},
                 "required":["b"]}
                """)),
            new ToolDefinition("bare", "", default),
        ]);

    static readonly ToolCallRequest ProbeWithoutTools = new("q", []);

    /// <summary>Sixteen hexadecimal digits: the first of SHA-256 over a canonical description.</summary>
    /// <param name="dialect">Gives template, parser version and its own settings.</param>
    /// <param name="tokenizerHash">A hash over the tokenizer's files.</param>
    /// <param name="generation">Names and values that decide the generation: greedy, token limit, precision of the cache, ….</param>
    public static string Compute(IPromptDialect dialect, string tokenizerHash, IReadOnlyDictionary<string, string> generation)
    {
        ArgumentNullException.ThrowIfNull(dialect);
        ArgumentNullException.ThrowIfNull(tokenizerHash);
        ArgumentNullException.ThrowIfNull(generation);
        var text = new StringBuilder();
        Append(text, "needlebench-dialect-1");
        Append(text, dialect.Name);
        Append(text, dialect.Variant);
        Append(text, dialect.ParserVersion.ToString(CultureInfo.InvariantCulture));
        Append(text, dialect.Render(Probe));
        Append(text, dialect.Render(ProbeWithoutTools));
        Append(text, dialect.Settings);
        Append(text, tokenizerHash);
        Append(text, generation);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    static void Append(StringBuilder text, DialectPrompt prompt)
    {
        Append(text, prompt.Text);
        Append(text, prompt.AddStartToken ? "1" : "0");
        Append(text, string.Join('\0', prompt.Stops));
    }

    static void Append(StringBuilder text, IReadOnlyDictionary<string, string> settings)
    {
        Append(text, settings.Count.ToString(CultureInfo.InvariantCulture));
        foreach (var (key, value) in settings.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            Append(text, key);
            Append(text, value);
        }
    }

    // The length in front keeps neighbours apart, whatever they hold.
    static void Append(StringBuilder text, string part) =>
        text.Append(part.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(part).Append('\n');

    static JsonElement Parse(string json) => JsonElement.Parse(json);
}
