namespace NeedleBench.Harness.Suites;

/// <summary>A call that is right: the tool, and for each argument the values that are right.</summary>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">By argument name, in file order. An argument that does not stand here must not be given.</param>
public sealed record ExpectedCall(string Name, IReadOnlyDictionary<string, AcceptedValues> Arguments);
