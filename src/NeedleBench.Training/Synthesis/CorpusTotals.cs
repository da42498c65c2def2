namespace NeedleBench.Training.Synthesis;

/// <summary>How much a corpus holds.</summary>
public readonly record struct CorpusTotals(int Categories, int Tools, int Phrasings, int Requests, int Refusals, int SlotValues);
