namespace NeedleBench.Reports;

/// <summary>What somebody else published of a model.</summary>
/// <param name="Model">As its source calls it.</param>
/// <param name="Parameters">How many, in the source's words, e.g. <c>350M</c>.</param>
/// <param name="Scores">Percent, one a suite; null where the source has none.</param>
/// <param name="Source">Who published it, where and when.</param>
public sealed record PublishedScore(string Model, string Parameters, IReadOnlyList<double?> Scores, string Source);
