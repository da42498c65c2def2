namespace NeedleBench.Harness.Running;

/// <summary>Names one planned item: model × case × repeat. Equal keys are the same work.</summary>
/// <param name="Model">The model's spec.</param>
/// <param name="Suite">The suite's name.</param>
/// <param name="Case">The case's id.</param>
/// <param name="Repeat">0-based.</param>
public readonly record struct RunItemKey(string Model, string Suite, string Case, int Repeat);
