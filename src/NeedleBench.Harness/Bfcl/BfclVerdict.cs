namespace NeedleBench.Harness.Bfcl;

/// <summary>What the Berkeley checker says about one answer.</summary>
/// <param name="Valid">Whether the answer counts as right there.</param>
/// <param name="ErrorType">
/// Berkeley's name of the first failure that counts, e.g. <c>type_error:nested</c>; <c>crash:KeyError</c> where their
/// checker would end in that Python exception; null for a valid answer.
/// </param>
/// <param name="Message">For a person, in our words; null for a valid answer.</param>
public sealed record BfclVerdict(bool Valid, string? ErrorType, string? Message)
{
    internal static BfclVerdict Right { get; } = new(true, null, null);

    internal static BfclVerdict Wrong(string errorType, string message) => new(false, errorType, message);
}
