namespace NeedleBench.Training.Recipes;

/// <summary>How hard examples are up to a step.</summary>
/// <param name="Until">The first step that is no longer in this stage.</param>
/// <param name="MostTools">Most tools that an example offers, 1 to 8.</param>
/// <param name="Difficulty">From 0 (few tools, far apart) to 1 (many tools, alike).</param>
/// <param name="MostRequests">Of each tool's requests for the retrieval head only the first so many; null for all.</param>
public sealed record CurriculumStage(int Until, int MostTools, double Difficulty, int? MostRequests = null);
