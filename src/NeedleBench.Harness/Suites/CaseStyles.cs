namespace NeedleBench.Harness.Suites;

/// <summary>How a request is put. The closed list that <c>style</c> takes its values from.</summary>
public static class CaseStyles
{
    public const string Terse = "terse";
    public const string Polite = "polite";
    public const string Conversational = "conversational";

    /// <summary>The wish has to be inferred: "it's freezing in here".</summary>
    public const string Indirect = "indirect";

    /// <summary>Fillers, restarts, self-corrections.</summary>
    public const string Disfluent = "disfluent";

    /// <summary>Typos and speech-to-text errors.</summary>
    public const string Garbled = "garbled";

    /// <summary>Close to what a tool does, but no tool on offer can do it.</summary>
    public const string NearMiss = "near_miss";

    /// <summary>Nothing to do with any tool on offer.</summary>
    public const string None = "none";

    public static IReadOnlyList<string> All { get; } = [Terse, Polite, Conversational, Indirect, Disfluent, Garbled, NearMiss, None];
}
