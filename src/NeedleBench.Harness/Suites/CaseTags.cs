namespace NeedleBench.Harness.Suites;

/// <summary>Tags that mean something to the harness; all others are free.</summary>
public static class CaseTags
{
    /// <summary>
    /// The tools to call stand in the training corpus, with their parameters. Where no call is right: most tools on offer do.
    /// </summary>
    public const string SeenTools = "tools:seen";

    /// <summary>No tool to call stands in the training corpus. Where no call is right: at most half of those on offer do.</summary>
    public const string UnseenTools = "tools:unseen";

    /// <summary>The suite has a tool that is right, but does not offer it here.</summary>
    public const string MissingTool = "missing_tool";

    /// <summary>Followed by the BCP 47 tag of the query's language, where it is not the suite's.</summary>
    public const string LanguagePrefix = "lang:";
}
