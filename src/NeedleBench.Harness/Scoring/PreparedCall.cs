using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Scoring;

/// <summary>An expected call whose accepted values are in canonical form.</summary>
sealed class PreparedCall
{
    public PreparedCall(ExpectedCall call)
    {
        Name = call.Name;
        Arguments = [.. call.Arguments.Select(a => new PreparedArgument(
            a.Key, [.. a.Value.Values.Select(CanonicalJson.Of)], a.Value.MayBeOmitted))];
    }

    public string Name { get; }

    public IReadOnlyList<PreparedArgument> Arguments { get; }
}

/// <param name="Name">The argument.</param>
/// <param name="Accepted">Canonical texts of the values that are right; a handful, so a list is searched.</param>
/// <param name="MayBeOmitted">Whether leaving it out is right too.</param>
sealed record PreparedArgument(string Name, string[] Accepted, bool MayBeOmitted);
