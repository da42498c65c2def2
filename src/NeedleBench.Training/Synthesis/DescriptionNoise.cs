
namespace NeedleBench.Training.Synthesis;

/// <summary>Other wordings of descriptions. They lose detail at most, and never say anything new.</summary>
static class DescriptionNoise
{
    static readonly string[] Openings =
        ["Use this to ", "Tool to ", "Call this to ", "Can ", "A function to ", "Will ", "Use when the user wants to "];

    static readonly string[] Closings =
        [
            " Use only when asked.", " Returns a status.", " Answers with a short confirmation.",
            " Part of the assistant interface.", " Takes effect at once.",
        ];

    /// <param name="tool">The original.</param>
    /// <param name="needed">Whether the description is all that tells what the tool does.</param>
    /// <param name="random">The example's generator.</param>
    public static string Tool(CorpusTool tool, bool needed, SeededRandom random)
    {
        var text = tool.Description;
        switch (random.Below(needed ? 5 : 7))
        {
            case 0:
                return random.Pick(Openings) + Lowered(text);
            case 1:
                return text + random.Pick(Closings);
            case 2:
                return Verb(text, random);
            case 3:
                return Lowered(text).TrimEnd('.');
            case 4:
                return tool.Parameters.Count == 0 ? text : $"{text} Takes: {string.Join(", ", tool.Parameters.Select(p => Spaced(p.Name)))}.";
            case 5:
                return Shortened(text);
            default:
                return random.Chance(0.5) ? "" : Spaced(tool.Name);
        }
    }

    /// <inheritdoc cref="Tool"/>
    public static string Parameter(CorpusParameter parameter, bool needed, SeededRandom random)
    {
        var text = parameter.Description;
        if (text.Length == 0)
        {
            return text;
        }

        return random.Below(needed ? 2 : 5) switch
        {
            0 => Lowered(text).TrimEnd('.'),
            1 => parameter.Required ? text : $"{text} Optional.",
            2 => "",
            3 => $"The {Spaced(parameter.Name)}.",
            _ => Shortened(text),
        };
    }

    static string Spaced(string name) => SnakeCaseName.From(name).Replace('_', ' ');

    static string Lowered(string text) => text is [>= 'A' and <= 'Z', >= 'a' and <= 'z', ..] ? char.ToLowerInvariant(text[0]) + text[1..] : text;

    // The head before a comma still describes the tool, if more narrowly; one of two words would not.
    static string Shortened(string text)
    {
        var comma = text.IndexOf(", ", StringComparison.Ordinal);
        return comma > 12 ? text[..comma] + "." : text;
    }

    static string Verb(string text, SeededRandom random)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || !Lexicon.Verbs.TryGetValue(text[..space].ToLowerInvariant(), out var others))
        {
            return text;
        }

        var verb = random.Pick(others);
        return verb.Contains('_', StringComparison.Ordinal) ? text : char.ToUpperInvariant(verb[0]) + verb[1..] + text[space..];
    }
}
