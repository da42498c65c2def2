namespace NeedleBench.Harness.Scoring;

/// <summary>What is to be said about one argument of one call.</summary>
public enum ArgumentVerdict
{
    /// <summary>An accepted value.</summary>
    Correct,

    /// <summary>Expected, but with another value. An explicit <c>null</c> is a value, not an omission.</summary>
    WrongValue,

    /// <summary>Expected and not to be left out, but not given.</summary>
    Missing,

    /// <summary>Declared by the tool, but not expected.</summary>
    Unexpected,

    /// <summary>Not declared by the tool at all.</summary>
    Invented,
}
