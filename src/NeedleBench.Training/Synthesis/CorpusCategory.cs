namespace NeedleBench.Training.Synthesis;

/// <summary>One corpus file: the tools of a domain and how people ask for them.</summary>
/// <param name="File">Where it was read from, for messages.</param>
/// <param name="Name">The category, as the file name without its extension.</param>
/// <param name="Description">One line.</param>
/// <param name="Slots">Value lists by name.</param>
/// <param name="Tools">The tools, in the file's order.</param>
/// <param name="Refusals">Requests of this domain that no tool of the file can serve.</param>
public sealed record CorpusCategory(
    string File,
    string Name,
    string Description,
    IReadOnlyDictionary<string, IReadOnlyList<SlotValue>> Slots,
    IReadOnlyList<CorpusTool> Tools,
    IReadOnlyList<string> Refusals);
