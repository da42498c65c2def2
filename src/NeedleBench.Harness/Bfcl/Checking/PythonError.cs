namespace NeedleBench.Harness.Bfcl.Checking;

/// <summary>An exception that Berkeley's Python would end in, which is an outcome here.</summary>
/// <param name="kind">Python's name of it, e.g. <c>KeyError</c>.</param>
/// <param name="message">What was tried.</param>
sealed class PythonError(string kind, string message) : Exception(message)
{
    public string Kind { get; } = kind;
}
