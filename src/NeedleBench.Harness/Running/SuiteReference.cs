namespace NeedleBench.Harness.Running;

/// <summary>A suite as a run saw it.</summary>
/// <param name="Name">The suite's name.</param>
/// <param name="Version">Its stated version.</param>
/// <param name="Cases">How many of its cases the run holds.</param>
/// <param name="PromptHash">
/// SHA-256 over ids, queries and tools of those cases: what a model saw. A run can only be resumed or scored while it holds.
/// </param>
/// <param name="AnswerHash">SHA-256 over the expected answers: may change, because scoring can be done again.</param>
public sealed record SuiteReference(string Name, string Version, int Cases, string PromptHash, string AnswerHash);
