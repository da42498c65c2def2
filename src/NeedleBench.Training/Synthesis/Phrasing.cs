using System.Text.Json;

namespace NeedleBench.Training.Synthesis;

/// <summary>One way to ask for a tool.</summary>
/// <param name="Text">As the file has it, with placeholders in braces.</param>
/// <param name="Parts">The same, taken apart.</param>
/// <param name="Arguments">What the words imply without a placeholder, by parameter.</param>
public sealed record Phrasing(string Text, IReadOnlyList<PhrasingPart> Parts, IReadOnlyDictionary<string, JsonElement> Arguments)
{
    /// <summary>
    /// Takes a text apart at its placeholders. Braces that do not pair, or hold nothing, stay text: the validator finds them.
    /// </summary>
    public static IReadOnlyList<PhrasingPart> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = new List<PhrasingPart>();
        var from = 0;
        while (from < text.Length)
        {
            var open = text.IndexOf('{', from);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close <= open + 1)
            {
                break;
            }

            if (open > from)
            {
                parts.Add(new PhrasingPart(text[from..open], false));
            }

            parts.Add(new PhrasingPart(text[(open + 1)..close], true));
            from = close + 1;
        }

        if (from < text.Length)
        {
            parts.Add(new PhrasingPart(text[from..], false));
        }

        return parts;
    }
}
