namespace NeedleBench.Training.Synthesis;

/// <summary>A tool as one example offers it.</summary>
/// <param name="Definition">What the model is given.</param>
/// <param name="Order">Positions of the original's parameters, in the order shown; those left out are missing.</param>
/// <param name="Names">The name of each original parameter, by its position in the original.</param>
sealed record ShownTool(ToolDefinition Definition, IReadOnlyList<int> Order, IReadOnlyList<string> Names);
