using System.Text.Json;

namespace NeedleBench.Harness.Baselines;

/// <summary>Ranks tools by the words that they share with a query; words that every tool has tell nothing.</summary>
static class KeywordToolChoice
{
    const double NameWeight = 3;
    const double DescriptionWeight = 1;
    const double ParameterWeight = 0.5;

    // A word of a name that some other tool has too, or two of a description that no other has: less is chance.
    const double Least = 1.5;

    /// <summary>Words too common to tell anything.</summary>
    public static readonly HashSet<string> Ignored = [.. (
        "a an the my your our his her its this that these those i me you we it he she they is are was be to of in on at for with and or but not "
        + "from by as if so do does did can could would will please just some any all what when where who how get set want need user").Split(' ')];

    /// <summary>The best tool; null where none shares enough with the query. Ties go to the tool that was offered first.</summary>
    public static ToolDefinition? Best(QueryWords query, IReadOnlyList<ToolDefinition> tools)
    {
        var wanted = query.Words.Select(w => w.Stem).Where(s => !Ignored.Contains(s)).ToHashSet(StringComparer.Ordinal);
        var weights = tools.Select(Weights).ToList();
        ToolDefinition? best = null;
        var most = 0.0;
        for (var i = 0; i < tools.Count; i++)
        {
            var score = wanted.Sum(word => weights[i].TryGetValue(word, out var weight) ? weight * Rarity(word, weights) : 0);
            if (score > most)
            {
                (best, most) = (tools[i], score);
            }
        }

        return most >= Least ? best : null;
    }

    static double Rarity(string word, List<Dictionary<string, double>> weights) =>
        weights.Count == 1 ? 1 : 1 - ((weights.Count(w => w.ContainsKey(word)) - 1.0) / weights.Count);

    static Dictionary<string, double> Weights(ToolDefinition tool)
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        Add(tool.Name, NameWeight);
        Add(tool.Description, DescriptionWeight);
        if (tool.Schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in properties.EnumerateObject())
            {
                Add(property.Name, ParameterWeight);
                Add(property.Value.ToString(), ParameterWeight);
            }
        }

        return weights;

        void Add(string text, double weight)
        {
            foreach (var stem in QueryWords.Stems(text))
            {
                weights[stem] = Math.Max(weight, weights.GetValueOrDefault(stem));
            }
        }
    }
}
