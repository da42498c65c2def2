using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Hygiene;

/// <summary>A query, normalised.</summary>
/// <param name="Suite">Its suite.</param>
/// <param name="Case">Its case.</param>
/// <param name="Text">Through <see cref="QueryText.Normalize"/>.</param>
/// <param name="Padded">Through <see cref="PhrasingPattern.Pad"/>.</param>
sealed record IndexedQuery(Suite Suite, SuiteCase Case, string Text, string Padded);
