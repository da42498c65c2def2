namespace NeedleBench.Training.TeacherSynthesis;

/// <summary>What came of the asking so far. Asked is the sum of accepted and rejected.</summary>
public sealed class TeacherTally
{
    readonly SortedDictionary<RejectionReason, int> _rejected = [];

    /// <summary>Examples that stood in the file before.</summary>
    public int Before { get; internal set; }

    /// <summary>Requests to the teacher.</summary>
    public int Batches { get; internal set; }

    /// <summary>Examples asked for.</summary>
    public int Asked { get; internal set; }

    /// <summary>Examples written.</summary>
    public int Accepted { get; internal set; }

    /// <summary>Examples in the file.</summary>
    public int Total => Before + Accepted;

    /// <summary>Examples not written; reasons without any are left out.</summary>
    public IReadOnlyDictionary<RejectionReason, int> Rejected => _rejected;

    /// <summary>Why the teacher was given up; null where it was not.</summary>
    public string? GivenUp { get; internal set; }

    internal void Reject(RejectionReason reason, int examples = 1)
    {
        if (examples > 0)
        {
            _rejected[reason] = _rejected.GetValueOrDefault(reason) + examples;
        }
    }
}
