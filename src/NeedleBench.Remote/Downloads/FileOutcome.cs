namespace NeedleBench.Remote.Downloads;

/// <summary>What became of a file in a pull.</summary>
public enum FileOutcome
{
    /// <summary>It came, and is what it should be.</summary>
    Downloaded,

    /// <summary>It was there before, and is what it should be.</summary>
    AlreadyThere,

    /// <summary>The server has none, and the model needs none.</summary>
    Absent,
}
