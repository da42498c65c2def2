namespace NeedleBench.Training.Synthesis;

/// <summary>
/// What each part of an answer weighs in the loss. A token over several parts has the greatest of their weights.
/// </summary>
public readonly record struct TokenRoleWeights()
{
    /// <summary>
    /// The first token, which says whether anything is called: one token against the dozens of an answer, and easily unlearnt.
    /// </summary>
    public float Decision { get; init; } = 4;

    /// <summary>Tool names, with the closing quote that ends them.</summary>
    public float Name { get; init; } = 2;

    /// <summary>Argument keys, with the closing quote.</summary>
    public float Key { get; init; } = 1.5f;

    /// <summary>Argument values, strings with both quotes.</summary>
    public float Value { get; init; } = 4;

    /// <summary>Everything else: braces, commas, <c>&lt;tool_call&gt;</c>, the end.</summary>
    public float Structure { get; init; } = 1;
}
