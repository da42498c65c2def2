using System.Text;
using NeedleBench.Tokenizers.HuggingFace.PreTokenization;

namespace NeedleBench.Tokenizers.HuggingFace.Normalization;

/// <summary>Reads <c>normalizer</c>.</summary>
static class NormalizerReader
{
    /// <returns>The steps, in order; each takes and gives a text without lone surrogates.</returns>
    /// <exception cref="InvalidDataException">It is broken, or asks for something that is not carried out here.</exception>
    public static IEnumerable<Func<string, string>> Read(JsonItem item)
    {
        if (item.IsAbsent)
        {
            return [];
        }

        switch (item["type"].Text())
        {
            case "Sequence": return item["normalizers"].Items().SelectMany(Read);
            case "NFC": return [text => text.Normalize(NormalizationForm.FormC)];
            case "NFD": return [text => text.Normalize(NormalizationForm.FormD)];
            case "NFKC": return [text => text.Normalize(NormalizationForm.FormKC)];
            case "NFKD": return [text => text.Normalize(NormalizationForm.FormKD)];
            case "Lowercase": return [TextRules.Lower];
            case "Prepend":
                var prefix = item["prepend"].Text();
                return [text => text.Length == 0 ? text : prefix + text];
            case "Strip":
                var left = item["strip_left"].Flag(true);
                var right = item["strip_right"].Flag(true);
                return [text => left ? right ? text.Trim() : text.TrimStart() : right ? text.TrimEnd() : text];
            case "Replace":
                return [ReadReplace(item)];
            case var other: throw item.NotSupported($"the normaliser {other}");
        }
    }

    /// <summary>Replaces every match of a pattern by a text, which stands for itself.</summary>
    public static Func<string, string> ReadReplace(JsonItem item)
    {
        var content = item["content"].Text();
        var pattern = item["pattern"];
        if (pattern["Regex"].IsAbsent && pattern.Object()["String"].Text() is { Length: > 0 } literal)
        {
            return text => text.Replace(literal, content, StringComparison.Ordinal);
        }

        var splitter = PatternReader.Read(pattern);
        return text => TextRules.Replace(text, splitter, content);
    }
}
