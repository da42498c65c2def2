using System.Text.Json;

namespace NeedleBench.Harness.Scoring;

/// <summary>
/// Holds predicted calls against expected ones by strict equality: names ordinal, and every argument equal, by
/// <see cref="CanonicalJson"/>, to one of its accepted values. An argument that is not expected must be absent, one that may
/// be omitted may be. Calls have no order; they are assigned one to one so that as many as possible match (augmenting
/// paths, Kuhn 1955), because an early call that fits two expected ones must not take the only one that a later call fits.
/// </summary>
public static class StrictMatcher
{
    const int Free = -1;

    /// <summary>Matches a readable answer.</summary>
    /// <exception cref="InputException">The arguments of a call are no JSON object.</exception>
    public static CaseMatch Match(PreparedCase prepared, IReadOnlyList<ToolCall> calls)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        ArgumentNullException.ThrowIfNull(calls);
        var given = new GivenArgument[calls.Count][];
        for (var i = 0; i < calls.Count; i++)
        {
            given[i] = Read(calls[i], i);
        }

        var fits = new bool[calls.Count, prepared.Expected.Count];
        for (var i = 0; i < calls.Count; i++)
        {
            for (var j = 0; j < prepared.Expected.Count; j++)
            {
                fits[i, j] = calls[i].Name == prepared.Expected[j].Name && CountFaults(given[i], prepared.Expected[j]) == 0;
            }
        }

        var expectedOf = AssignExact(fits);
        var exact = Array.ConvertAll(expectedOf, j => j != Free);
        AssignClosest(expectedOf, prepared, calls, given);

        var matches = new CallMatch[calls.Count];
        for (var i = 0; i < calls.Count; i++)
        {
            var tool = prepared.Tool(calls[i].Name);
            matches[i] = new CallMatch(
                calls[i].Name,
                expectedOf[i] == Free ? null : expectedOf[i],
                exact[i],
                exact[i] || AnyFit(fits, i),
                Offered: tool is not null,
                SchemaValid: tool is not null && tool.IsValid(calls[i].Arguments),
                Judge(given[i], expectedOf[i] == Free ? null : prepared.Expected[expectedOf[i]], tool));
        }

        return new CaseMatch(IsReadable: true, matches, prepared.Expected.Count);
    }

    static GivenArgument[] Read(ToolCall call, int index)
    {
        if (call.Arguments.ValueKind != JsonValueKind.Object)
        {
            throw new InputException(
                $"the arguments of call {index} ('{call.Name}') are no JSON object", "Record such an answer as a parse failure.");
        }

        var arguments = new List<GivenArgument>();
        foreach (var member in call.Arguments.EnumerateObject())
        {
            var name = CanonicalJson.NameOf(member);
            var argument = new GivenArgument(name, CanonicalJson.Of(member.Value));
            if (arguments.FindIndex(a => a.Name == name) is >= 0 and var doubled)
            {
                arguments[doubled] = argument;
            }
            else
            {
                arguments.Add(argument);
            }
        }

        return [.. arguments];
    }

    static int CountFaults(GivenArgument[] given, PreparedCall expected)
    {
        var (faults, found) = (0, 0);
        foreach (var argument in expected.Arguments)
        {
            var at = IndexOf(given, argument.Name);
            if (at >= 0)
            {
                found++;
                faults += argument.Accepted.AsSpan().Contains(given[at].Canonical) ? 0 : 1;
            }
            else if (!argument.MayBeOmitted)
            {
                faults++;
            }
        }

        return faults + given.Length - found;
    }

    static int IndexOf(GivenArgument[] given, string name)
    {
        for (var i = 0; i < given.Length; i++)
        {
            if (given[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    static bool AnyFit(bool[,] fits, int call)
    {
        for (var j = 0; j < fits.GetLength(1); j++)
        {
            if (fits[call, j])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>For each call the expected call that it fits and takes, -1 for none: as many pairs as possible.</summary>
    internal static int[] AssignExact(bool[,] fits)
    {
        var (calls, expected) = (fits.GetLength(0), fits.GetLength(1));
        var callOf = new int[expected];
        Array.Fill(callOf, Free);
        var visited = new bool[expected];
        for (var i = 0; i < calls; i++)
        {
            Array.Clear(visited);
            Augment(i);
        }

        var expectedOf = new int[calls];
        Array.Fill(expectedOf, Free);
        for (var j = 0; j < expected; j++)
        {
            if (callOf[j] != Free)
            {
                expectedOf[callOf[j]] = j;
            }
        }

        return expectedOf;

        bool Augment(int call)
        {
            for (var j = 0; j < expected; j++)
            {
                if (fits[call, j] && !visited[j])
                {
                    visited[j] = true;
                    if (callOf[j] == Free || Augment(callOf[j]))
                    {
                        callOf[j] = call;
                        return true;
                    }
                }
            }

            return false;
        }
    }

    /// <summary>Pairs what is left, fewest faults first (then in order), so that verdicts speak of the nearest call.</summary>
    static void AssignClosest(int[] expectedOf, PreparedCase prepared, IReadOnlyList<ToolCall> calls, GivenArgument[][] given)
    {
        if (!expectedOf.Contains(Free))
        {
            return;
        }

        var taken = new HashSet<int>(expectedOf.Where(j => j != Free));
        var pairs = new List<(int Faults, int Call, int Expected)>();
        for (var i = 0; i < calls.Count; i++)
        {
            for (var j = 0; j < prepared.Expected.Count; j++)
            {
                if (expectedOf[i] == Free && !taken.Contains(j) && calls[i].Name == prepared.Expected[j].Name)
                {
                    pairs.Add((CountFaults(given[i], prepared.Expected[j]), i, j));
                }
            }
        }

        pairs.Sort();
        foreach (var (_, call, expected) in pairs)
        {
            if (expectedOf[call] == Free && taken.Add(expected))
            {
                expectedOf[call] = expected;
            }
        }
    }

    static ArgumentResult[] Judge(GivenArgument[] given, PreparedCall? expected, PreparedTool? tool)
    {
        if (tool is null && expected is null)
        {
            return [];
        }

        var results = new List<ArgumentResult>(given.Length);
        foreach (var argument in given)
        {
            var right = expected?.Arguments.FirstOrDefault(a => a.Name == argument.Name);
            var verdict = right is not null
                ? right.Accepted.AsSpan().Contains(argument.Canonical) ? ArgumentVerdict.Correct : ArgumentVerdict.WrongValue
                : tool is not null && tool.Declares(argument.Name) ? ArgumentVerdict.Unexpected : ArgumentVerdict.Invented;
            results.Add(new ArgumentResult(argument.Name, verdict));
        }

        foreach (var argument in expected?.Arguments ?? [])
        {
            if (!argument.MayBeOmitted && IndexOf(given, argument.Name) < 0)
            {
                results.Add(new ArgumentResult(argument.Name, ArgumentVerdict.Missing));
            }
        }

        return [.. results];
    }

    readonly record struct GivenArgument(string Name, string Canonical);
}
