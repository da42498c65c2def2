using System.Text.Json;

namespace NeedleBench.Harness.Suites;

/// <summary>The values that are right for one argument.</summary>
/// <param name="Values">The alternatives, best first; never null values.</param>
/// <param name="MayBeOmitted">Whether leaving the argument out is right too (a <c>null</c> among the alternatives).</param>
public sealed record AcceptedValues(IReadOnlyList<JsonElement> Values, bool MayBeOmitted);
