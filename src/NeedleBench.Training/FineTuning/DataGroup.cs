namespace NeedleBench.Training.FineTuning;

/// <summary>How many examples a tool has.</summary>
/// <param name="Name">The tool, or <c>[]</c> for the examples that call nothing.</param>
public sealed record DataGroup(string Name, int Train, int Validation, int Test)
{
    /// <summary>Below this many examples a tool is seldom learnt.</summary>
    public const int Enough = 120;

    public int Total => Train + Validation + Test;

    /// <summary>Whether this is a tool, and not the refusals.</summary>
    public bool IsTool => Name != ExampleKey.Refusals;

    /// <summary>Whether it is a tool with fewer examples than <see cref="Enough"/>.</summary>
    public bool IsScarce => IsTool && Total < Enough;
}
