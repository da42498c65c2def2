using System.Text.Json;

namespace NeedleBench.Training.Synthesis;

/// <summary>Makes up tools: a name, a description of verb and noun, and parameters of all types.</summary>
static class ArtificialToolMaker
{
    static readonly KeyValuePair<string, JsonElement>[] TextItems = [new("items", JsonElement.Parse("""{"type":"string"}"""))];
    static readonly Dictionary<string, string> NoSlots = [];

    public static string NewNoun(SeededRandom random) =>
        random.Chance(0.6) ? $"{random.Pick(ArtificialWords.Adjectives)} {random.Pick(ArtificialWords.Nouns)}"
            : random.Pick(ArtificialWords.Nouns);

    /// <param name="verb">What it does.</param>
    /// <param name="noun">To what.</param>
    /// <param name="style">Of its name.</param>
    /// <param name="invent">Whether names are invented words; the description then tells everything.</param>
    /// <param name="random">The example's generator.</param>
    public static ArtificialTool Make(string verb, string noun, NameStyle style, bool invent, SeededRandom random)
    {
        var concepts = new List<(string Words, ArtificialKind Kind)>(4);
        for (var wanted = random.Weighted([0.1, 0.3, 0.3, 0.2, 0.1]); concepts.Count < wanted;)
        {
            var concept = random.Pick(ArtificialWords.Concepts);
            if (!concepts.Exists(c => c.Words == concept.Words))
            {
                concepts.Add(concept);
            }
        }

        var parameters = new CorpusParameter[concepts.Count];
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = Parameter(concepts[i], style, invent, random);
            for (var j = 0; j < i; j++)
            {
                if (parameters[j].Name == parameters[i].Name)
                {
                    parameters[i] = parameters[i] with { Name = $"{parameters[i].Name}_{i + 1}" };
                }
            }
        }

        string[] words = invent ? [NameWriter.Invent(random), NameWriter.Invent(random)] : random.Chance(0.8)
            ? [verb, .. noun.Split(' ')] : [.. noun.Split(' '), verb];
        var tool = new CorpusTool(NameWriter.Join(words, style), Description(verb, noun, random), parameters, NoSlots, []);
        return new ArtificialTool(tool, verb, noun, concepts);
    }

    static string Description(string verb, string noun, SeededRandom random)
    {
        var capital = char.ToUpperInvariant(verb[0]) + verb[1..];
        return random.Below(4) switch
        {
            0 => $"Use this to {verb} the {noun}{random.Pick(ArtificialWords.Endings)}.",
            1 => $"{capital} the {noun}",
            _ => $"{capital} the {noun}{random.Pick(ArtificialWords.Endings)}.",
        };
    }

    static CorpusParameter Parameter((string Words, ArtificialKind Kind) concept, NameStyle style, bool invent,
        SeededRandom random)
    {
        var (words, kind) = concept;
        var invented = invent && random.Chance(0.5);
        var name = invented
            ? NameWriter.Invent(random)
            : NameWriter.Join(words.Split(' '), style is NameStyle.Camel or NameStyle.Pascal ? NameStyle.Camel : NameStyle.Snake);
        var capital = char.ToUpperInvariant(words[0]) + words[1..];
        var description = kind == ArtificialKind.Flag
            ? random.Chance(0.5) ? $"Whether {words} is on." : $"True to have {words} on, false for off."
            : random.Below(invented ? 3 : 4) switch
            {
                // Else nothing would tell what it counts in.
                _ when kind is ArtificialKind.Hour or ArtificialKind.Minutes or ArtificialKind.Percent => $"{capital}{Form(kind)}.",
                0 => $"{capital}.",
                1 => $"The {words} to use.",
                2 => $"{capital}{Form(kind)}.",
                _ => "",
            };
        return new CorpusParameter(name, Type(kind), description, random.Chance(0.6))
        {
            Enum = kind == ArtificialKind.Enum ? random.Pick(ArtificialWords.Enums) : null,
            Rest = kind is ArtificialKind.Words or ArtificialKind.Names ? TextItems : [],
        };
    }

    static string Type(ArtificialKind kind) => kind switch
    {
        ArtificialKind.Integer or ArtificialKind.Hour or ArtificialKind.Minutes or ArtificialKind.Percent => "integer",
        ArtificialKind.Number => "number",
        ArtificialKind.Flag => "boolean",
        ArtificialKind.Words or ArtificialKind.Names => "array",
        _ => "string",
    };

    static string Form(ArtificialKind kind) => kind switch
    {
        ArtificialKind.Integer => ", a whole number",
        ArtificialKind.Hour => " of the day, 0 to 23",
        ArtificialKind.Minutes => " in minutes",
        ArtificialKind.Percent => " in percent",
        ArtificialKind.Number => " as a number",
        ArtificialKind.Words or ArtificialKind.Names => ", one or several",
        ArtificialKind.Time => " in the user's own words",
        ArtificialKind.Text => " as the user said it",
        _ => " as given",
    };
}
