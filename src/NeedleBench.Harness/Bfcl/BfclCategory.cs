namespace NeedleBench.Harness.Bfcl;

/// <summary>Which of Berkeley's checks a case gets.</summary>
public enum BfclCategory
{
    /// <summary>One function on offer, one call expected.</summary>
    Simple,

    /// <summary>Several functions on offer, one call expected.</summary>
    Multiple,

    /// <summary>Several calls expected, in any order; one function on offer or several.</summary>
    Parallel,

    /// <summary>No call is right.</summary>
    Irrelevance,

    /// <summary>Some call is right, whichever.</summary>
    Relevance,
}
