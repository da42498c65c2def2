using System.Collections.Frozen;

namespace NeedleBench.Training.Synthesis;

/// <summary>Other names for tools and parameters, with the same meaning.</summary>
static class NameNoise
{
    static readonly string[] Suffixes = ["v2", "tool", "api", "action", "now", "cmd", "fn", "request"];
    static readonly string[] Prefixes = ["app", "do", "user", "assistant", "sys", "svc", "my"];

    public static string Tool(string name, NameStyle style, SeededRandom random)
    {
        var words = Words(name);
        var verbFirst = Lexicon.Verbs.ContainsKey(words[0]);
        if (verbFirst && random.Chance(0.6))
        {
            Replace(words, 0, Lexicon.Verbs, random);
        }

        for (var i = words.Count - 1; i > 0; i--)
        {
            if (random.Chance(0.3))
            {
                Replace(words, i, random.Chance(0.6) ? Lexicon.Nouns : Lexicon.Abbreviations, random);
            }
        }

        if (verbFirst && words.Count > 1 && random.Chance(0.15))
        {
            words.Add(words[0]);
            words.RemoveAt(0);
        }

        if (random.Chance(0.08))
        {
            words.Add(random.Pick(Suffixes));
        }
        else if (random.Chance(0.06))
        {
            words.Insert(0, random.Pick(Prefixes));
        }

        return NameWriter.Join(words, style);
    }

    public static string Parameter(string name, NameStyle style, SeededRandom random)
    {
        if (random.Chance(0.45) && Lexicon.Parameters.TryGetValue(name, out var others))
        {
            name = random.Pick(others);
        }

        var words = Words(name);
        for (var i = 0; i < words.Count; i++)
        {
            if (random.Chance(0.2))
            {
                Replace(words, i, Lexicon.Abbreviations, random);
            }
        }

        return NameWriter.Join(words, style);
    }

    static void Replace(List<string> words, int at, FrozenDictionary<string, string[]> table, SeededRandom random)
    {
        if (!table.TryGetValue(words[at], out var others))
        {
            return;
        }

        var parts = random.Pick(others).Split('_');
        words.RemoveAt(at);
        words.InsertRange(at, parts);
    }

    static List<string> Words(string name)
    {
        var snake = SnakeCaseName.From(name);
        return [.. (snake.Length > 0 ? snake : name).Split('_')];
    }
}
