namespace NeedleBench.Harness.Running;

/// <summary>What became of a run.</summary>
/// <param name="Planned">Items in the plan.</param>
/// <param name="Resumed">Items that were recorded before.</param>
/// <param name="Answered">Items that a model answered now.</param>
/// <param name="Errors">Items at which a model failed now; recorded, too.</param>
/// <param name="Interrupted">Whether it was cancelled before its end.</param>
public sealed record RunOutcome(int Planned, int Resumed, int Answered, int Errors, bool Interrupted)
{
    /// <summary>Whether every planned item has its prediction.</summary>
    public bool IsComplete => Resumed + Answered + Errors == Planned;
}
