namespace NeedleBench.Harness.Importing;

/// <summary>What an imported suite says of itself that its file does not.</summary>
public readonly record struct ImportOptions()
{
    /// <summary>For a heading; null for the suite's name.</summary>
    public string? Title { get; init; }

    /// <summary>SPDX id of the licence that the cases were published under.</summary>
    public string Licence { get; init; } = "unknown";

    /// <summary>Where the cases came from, e.g. an address; null for the file's name.</summary>
    public string? Source { get; init; }

    /// <summary>Of the cases, as their authors count.</summary>
    public string Version { get; init; } = "1.0";

    /// <summary>BCP 47 tag of the language most queries are in.</summary>
    public string Language { get; init; } = "en";
}
