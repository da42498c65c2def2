namespace NeedleBench.Harness.Hygiene;

/// <summary>One request that a model was trained on, or a pattern of such.</summary>
/// <param name="Text">As it stands in the corpus.</param>
/// <param name="HasSlots">Whether <c>{x}</c> in it stands for any words.</param>
/// <param name="File">Where.</param>
/// <param name="Line">1-based, in a JSONL file; null in a category file, where the text finds it.</param>
public sealed record TrainingPhrasing(string Text, bool HasSlots, string File, int? Line)
{
    /// <summary>File name and line, for messages.</summary>
    public string Place => Line is { } line ? $"{Path.GetFileName(File)}:{line}" : Path.GetFileName(File);
}
