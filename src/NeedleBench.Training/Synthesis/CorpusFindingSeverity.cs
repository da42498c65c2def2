namespace NeedleBench.Training.Synthesis;

/// <summary>How much a finding in a corpus weighs.</summary>
public enum CorpusFindingSeverity
{
    /// <summary>Worth a look; examples stay right.</summary>
    Warning,

    /// <summary>Examples made of it would be wrong.</summary>
    Error,
}
