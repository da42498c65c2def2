namespace NeedleBench.Training.TeacherSynthesis;

/// <summary>What a teacher is asked for.</summary>
/// <param name="Count">Examples in the file at the end, those counted that were there before.</param>
public readonly record struct TeacherOptions(int Count)
{
    /// <summary>The most examples asked for at once.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Batches in a row without one accepted example after which the teacher is given up.</summary>
    public int MaxUselessBatches { get; init; } = 10;

    /// <summary>Tools on offer in an example: the one it is about, and others from the file.</summary>
    public int ToolsOffered { get; init; } = 6;

    /// <summary>
    /// ROUGE-L F1 (Lin 2004) of the words of two requests from which on they are near duplicates. Self-Instruct (Wang et al.
    /// 2023) takes 0.7 for instructions; short requests that differ in their values only must not all fall to it.
    /// </summary>
    public double NearDuplicate { get; init; } = 0.85;

    /// <summary>How freely the teacher writes, where its model spec says nothing.</summary>
    public float Temperature { get; init; } = 0.8f;

    /// <summary>Decides which other tools are on offer, and in which order.</summary>
    public ulong Seed { get; init; } = 1;
}
