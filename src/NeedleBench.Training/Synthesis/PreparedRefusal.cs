namespace NeedleBench.Training.Synthesis;

/// <summary>A refusal of the corpus.</summary>
/// <param name="Text">The request.</param>
/// <param name="Category">Whose tools cannot serve it.</param>
/// <param name="MayStandBeside">
/// By tool: whether one of another category shares so few words with it that it cannot serve it either.
/// </param>
sealed record PreparedRefusal(string Text, int Category, bool[] MayStandBeside)
{
    // One rare word in common is already more than this.
    const float NoWordInCommon = 0.03f;

    public static PreparedRefusal From(string text, int category, IReadOnlyList<PreparedTool> tools, ToolSimilarity similarity)
    {
        var likeness = similarity.Of(text);
        return new PreparedRefusal(text, category,
            [.. tools.Select((tool, i) => !tool.IsGeneral && likeness[i] < NoWordInCommon)]);
    }
}
