namespace NeedleBench.Harness.Suites;

/// <summary>How much a finding in a suite weighs.</summary>
public enum FindingSeverity
{
    /// <summary>Worth a look; results stay meaningful.</summary>
    Warning,

    /// <summary>Scores on this case would be wrong.</summary>
    Error,
}
