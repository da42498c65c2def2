namespace NeedleBench.Training.Recipes;

/// <summary>One evaluation of a run: a line of the log.</summary>
/// <param name="EvaluatedAfter">Steps done.</param>
/// <param name="Result">What was found.</param>
public sealed record EvaluationReport(int EvaluatedAfter, HeldOutResult Result);
