namespace NeedleBench.Harness.Verification;

/// <summary>A request, and what an independent implementation answered to it.</summary>
/// <param name="Request">The request.</param>
/// <param name="ExpectedIds">Tokens that it generated; null where only text was recorded.</param>
/// <param name="IdsAreWhole">
/// Whether <paramref name="ExpectedIds"/> are a whole answer. Where not, they are its beginning and only that is compared.
/// </param>
/// <param name="ExpectedText">The answer's text; null where only ids were recorded.</param>
/// <param name="Line">1-based, in the file; null where the file is no JSONL.</param>
public sealed record AnswerVector(
    ToolCallRequest Request, IReadOnlyList<int>? ExpectedIds, bool IdsAreWhole, string? ExpectedText, int? Line);
