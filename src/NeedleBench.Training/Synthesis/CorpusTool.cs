namespace NeedleBench.Training.Synthesis;

/// <summary>A tool and the requests that call it.</summary>
/// <param name="Name">As its API would write it, in any naming style.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Parameters">In the schema's order.</param>
/// <param name="Slots">The slot list that fills each parameter's placeholder.</param>
/// <param name="Phrasings">Ways to ask for it, in the file's order; the order decides which are held out.</param>
public sealed record CorpusTool(
    string Name,
    string Description,
    IReadOnlyList<CorpusParameter> Parameters,
    IReadOnlyDictionary<string, string> Slots,
    IReadOnlyList<Phrasing> Phrasings)
{
    /// <summary>
    /// Requests as they are, for the retrieval head alone: no arguments are given with them. In the file's order; the order
    /// decides which are held out.
    /// </summary>
    public IReadOnlyList<string> Requests { get; init; } = [];

    /// <summary>The line of its file on which it begins; 0 where it comes from no file.</summary>
    public int Line { get; init; }

    /// <summary>The position of a parameter, or -1.</summary>
    public int IndexOf(string parameter)
    {
        for (var i = 0; i < Parameters.Count; i++)
        {
            if (Parameters[i].Name == parameter)
            {
                return i;
            }
        }

        return -1;
    }
}
