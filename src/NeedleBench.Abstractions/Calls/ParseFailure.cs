namespace NeedleBench;

/// <summary>Why a model's text holds no calls that can be read. Never the same as a refusal, which is a readable empty list.</summary>
/// <param name="Kind">The class of the failure.</param>
/// <param name="Detail">For a person: what was found where.</param>
public sealed record ParseFailure(ParseFailureKind Kind, string Detail);
