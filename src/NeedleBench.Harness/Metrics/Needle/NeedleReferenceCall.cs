namespace NeedleBench.Harness.Metrics.Needle;

/// <summary>An expected call with every value that is right. Needle knows only one; see <see cref="NeedleCounts"/>.</summary>
/// <param name="Name">In snake_case.</param>
/// <param name="Arguments">In file order.</param>
sealed record NeedleReferenceCall(string Name, IReadOnlyList<NeedleReferenceArgument> Arguments)
{
    /// <summary>Whether some choice among the accepted values is the call.</summary>
    public bool Fits(NeedleCall call)
    {
        if (call.Name != Name)
        {
            return false;
        }

        var found = 0;
        foreach (var argument in Arguments)
        {
            if (call.Value(argument.Name) is not { } value)
            {
                if (!argument.MayBeOmitted)
                {
                    return false;
                }
            }
            else if (!argument.Accepts(value))
            {
                return false;
            }
            else
            {
                found++;
            }
        }

        return found == call.Arguments.Count;
    }

    /// <summary>The key of the plainest choice: first accepted values, and nothing that may be left out.</summary>
    public string PlainKey() => NeedleCall.KeyOf(
        Name, Arguments.Where(a => !a.MayBeOmitted).Select(a => KeyValuePair.Create(a.Name, a.Accepted[0])));
}

/// <param name="Name">The argument.</param>
/// <param name="Accepted">Canonical texts of the values that are right.</param>
/// <param name="MayBeOmitted">Whether leaving it out is right too; otherwise there is at least one value.</param>
sealed record NeedleReferenceArgument(string Name, string[] Accepted, bool MayBeOmitted)
{
    public bool Accepts(string value) => Accepted.AsSpan().Contains(value);
}
