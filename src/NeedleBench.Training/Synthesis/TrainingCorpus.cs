namespace NeedleBench.Training.Synthesis;

/// <summary>The hand-written material that training examples are made of.</summary>
/// <param name="Categories">One a file, in the order of the file names.</param>
public sealed record TrainingCorpus(IReadOnlyList<CorpusCategory> Categories)
{
    /// <summary>Counts over all categories.</summary>
    public CorpusTotals Totals => new(
        Categories.Count,
        Categories.Sum(c => c.Tools.Count),
        Categories.Sum(c => c.Tools.Sum(t => t.Phrasings.Count)),
        Categories.Sum(c => c.Tools.Sum(t => t.Requests.Count)),
        Categories.Sum(c => c.Refusals.Count),
        Categories.Sum(c => c.Slots.Values.Sum(values => values.Count)));
}
