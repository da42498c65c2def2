using System.Text.Json;

namespace NeedleBench.Training.Synthesis;

/// <summary>A corpus tool with what the synthesiser needs of it at every example.</summary>
/// <param name="Index">Its position in the corpus.</param>
/// <param name="Category">The position of its category.</param>
/// <param name="Tool">The tool.</param>
/// <param name="Plain">It, undisguised.</param>
/// <param name="Phrasings">Those that may be used.</param>
/// <param name="Fillers">The values of each parameter's slot, by the parameter's position; empty where it has none.</param>
sealed record PreparedTool(
    int Index, int Category, CorpusTool Tool, ShownTool Plain, IReadOnlyList<PreparedPhrasing> Phrasings,
        IReadOnlyList<IReadOnlyList<SlotValue>> Fillers)
{
    /// <summary>Requests without arguments that may be used.</summary>
    public IReadOnlyList<string> Requests { get; private init; } = [];

    /// <summary>Ways to ask for it, with and without arguments.</summary>
    public int WaysToAsk => Phrasings.Count + Requests.Count;

    /// <summary>The name as a model sees it.</summary>
    public string SnakeName { get; } = SnakeCaseName.From(Tool.Name);

    /// <summary>
    /// Whether it serves requests of any domain, as a web search does: where no offered tool shall fit, it would.
    /// </summary>
    public bool IsGeneral { get; } = Tool.Description.Split([' ', '.', ','])
        .Any(word => word.ToLowerInvariant()
            is "web" or "internet" or "online" or "question" or "questions" or "anything" or "general" or "assistant");

    /// <summary>
    /// Whether a phrasing is kept for validation: every tenth of a tool, and of every fifth tool that has six to nine the last.
    /// </summary>
    /// <param name="tool">Position of the tool in the corpus.</param>
    /// <param name="phrasing">Position of the phrasing in the tool.</param>
    /// <param name="phrasings">How many the tool has.</param>
    public static bool IsHeldOut(int tool, int phrasing, int phrasings) =>
        IsHeldOut(phrasing) || (tool % 5 == 4 && phrasings is >= 6 and < 10 && phrasing == phrasings - 1);

    /// <summary>Whether the refusal or request at this position is kept for validation: every tenth.</summary>
    public static bool IsHeldOut(int position) => position % 10 == 9;

    public static PreparedTool From(int index, int category, CorpusTool tool, CorpusCategory home, bool heldOut, int? mostRequests = null) => new(
        index,
        category,
        tool,
        ToolDisguise.Plain(tool),
        [.. tool.Phrasings.Where((_, i) => IsHeldOut(index, i, tool.Phrasings.Count) == heldOut).Select(p => PreparedPhrasing.From(tool, p))],
        [.. tool.Parameters.Select(p => tool.Slots.TryGetValue(p.Name, out var slot) ? home.Slots[slot] : [])])
    {
        Requests = [.. tool.Requests.Take(mostRequests ?? int.MaxValue).Where((_, i) => IsHeldOut(i) == heldOut)],
    };
}

/// <summary>A phrasing with its placeholders resolved.</summary>
/// <param name="Parts">Words, or the position of the parameter that stands there.</param>
/// <param name="Constants">What the words imply, by the parameter's position.</param>
/// <param name="HoldsValue">Whether its words hold a constant text that the answer copies: noise then leaves them alone.</param>
sealed record PreparedPhrasing(
    IReadOnlyList<(string Words, int Parameter)> Parts, IReadOnlyList<(int Parameter, JsonElement Value)> Constants,
        bool HoldsValue)
{
    /// <summary>Characters of its words, for choosing short ones.</summary>
    public int Length { get; } = Parts.Sum(p => p.Words.Length);

    /// <summary>How many placeholders there are.</summary>
    public int Placeholders { get; } = Parts.Count(p => p.Parameter >= 0);

    public static PreparedPhrasing From(CorpusTool tool, Phrasing phrasing) => new(
        [.. phrasing.Parts.Select(p => p.IsPlaceholder ? ("", tool.IndexOf(p.Text)) : (p.Text, -1))],
        [.. phrasing.Arguments.Select(a => (tool.IndexOf(a.Key), a.Value)).OrderBy(a => a.Item1)],
        phrasing.Arguments.Any(a => IsCopied(tool, a.Key, a.Value, phrasing.Text)));

    static bool IsCopied(CorpusTool tool, string name, JsonElement value, string text) =>
        value.ValueKind == JsonValueKind.String && tool.Parameters[tool.IndexOf(name)].Enum is null
        && text.Contains(value.GetString()!, StringComparison.OrdinalIgnoreCase);
}
