namespace NeedleBench.Training.TokenizerTraining;

/// <summary>A pair in the queue of merges, with the count it was queued under.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Count">Its count then; counts of queued pairs only fall.</param>
readonly record struct QueuedPair(SymbolPair Pair, long Count);
