namespace NeedleBench.Harness.Bfcl;

/// <summary>A suite that an import wrote.</summary>
/// <param name="Name">The suite's and its folder's.</param>
/// <param name="Folder">Where it was written.</param>
/// <param name="Category">Berkeley's name.</param>
/// <param name="Cases">How many cases it has.</param>
public sealed record BfclImportedSuite(string Name, string Folder, string Category, int Cases);
