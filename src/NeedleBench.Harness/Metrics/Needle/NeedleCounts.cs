using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics.Needle;

/// <summary>
/// What Needle's own evaluation counts of one answer (<c>benchmark_tool_calls</c> in its <c>needle/training/eval.py</c>), so
/// that its published figures can be set beside ours. Tools' names are compared in snake_case, values by
/// <see cref="NeedleValue"/>. Needle has one reference answer a case; where a case accepts several values, the one that
/// agrees best with the answer is the reference, and an argument that may be left out is in the reference only where it was
/// predicted right.
/// </summary>
sealed record NeedleCounts
{
    // The metrics ask for the same answer one after the other: it is counted once.
    [ThreadStatic]
    static (SuiteCase Case, Prediction Prediction, NeedleCounts Counts) _last;

    /// <summary>Both are empty, or the sorted calls are equal.</summary>
    public bool IsExact { get; private init; }

    /// <summary>Whether the text was JSON.</summary>
    public bool IsJson { get; private init; }

    /// <summary>Different names in the answer, in the reference, in both.</summary>
    public Overlap Names { get; private init; }

    /// <summary>Different calls in the answer, in the reference, in both.</summary>
    public Overlap Calls { get; private init; }

    /// <summary>Of the calls whose name is in the reference, those whose arguments are those of some reference call of it.</summary>
    public Tally Arguments { get; private init; }

    /// <summary>Of the arguments of calls of tools on offer, those that the tool does not declare.</summary>
    public Tally Invented { get; private init; }

    /// <summary>
    /// For each call of a tool on offer that is in the reference: of the arguments of the <em>first</em> reference call of
    /// that name, those that were not given. (Needle looks at no other, though a tool may be expected twice.)
    /// </summary>
    public Tally Missing { get; private init; }

    /// <summary>Of the arguments that stand in both of those, the ones with the right value.</summary>
    public Tally Values { get; private init; }

    public static NeedleCounts Of(SuiteCase suiteCase, Prediction prediction)
    {
        if (!ReferenceEquals(_last.Prediction, prediction) || !ReferenceEquals(_last.Case, suiteCase))
        {
            _last = (suiteCase, prediction, Count(NeedleReference.Of(suiteCase), NeedleAnswer.Of(prediction)));
        }

        return _last.Counts;
    }

    static NeedleCounts Count(NeedleReference reference, NeedleAnswer answer)
    {
        var (calls, expected) = (answer.Calls, reference.Calls);
        var fits = new bool[calls.Count, expected.Count];
        var (right, judged) = (0, 0);
        for (var i = 0; i < calls.Count; i++)
        {
            var (named, fitting) = (false, false);
            for (var j = 0; j < expected.Count; j++)
            {
                named |= expected[j].Name == calls[i].Name;
                fitting |= fits[i, j] = expected[j].Fits(calls[i]);
            }

            judged += named ? 1 : 0;
            right += fitting ? 1 : 0;
        }

        // As many expected calls as possible take the values of a call of their own.
        var expectedOf = StrictMatcher.AssignExact(fits);
        var exact = expectedOf.Count(j => j >= 0);
        return new NeedleCounts
        {
            IsExact = expected.Count == 0
                ? answer.IsEmpty
                : answer.HoldsOnlyCalls && exact == expected.Count && exact == calls.Count,
            IsJson = answer.IsJson,
            Names = Overlap.Of(calls.Where(c => c.Name is not null).Select(c => c.Name!), expected.Select(e => e.Name)),
            Calls = CompareCalls(calls, expected, expectedOf),
            Arguments = new Tally(right, judged),
        }.WithParameters(reference, calls);
    }

    static Overlap CompareCalls(
        IReadOnlyList<NeedleCall> calls, IReadOnlyList<NeedleReferenceCall> expected, int[] expectedOf)
    {
        var predictedKeys = new string[calls.Count];
        var expectedKeys = new string?[expected.Count];
        for (var i = 0; i < calls.Count; i++)
        {
            predictedKeys[i] = NeedleCall.KeyOf(calls[i].Name, calls[i].Arguments);
            if (expectedOf[i] >= 0)
            {
                expectedKeys[expectedOf[i]] = predictedKeys[i];
            }
        }

        return Overlap.Of(predictedKeys, expectedKeys.Select((key, j) => key ?? expected[j].PlainKey()));
    }

    NeedleCounts WithParameters(NeedleReference reference, IReadOnlyList<NeedleCall> calls)
    {
        var (given, invented, missing, valuesRight, shared, expected) = (0, 0, 0, 0, 0, 0);
        foreach (var call in calls)
        {
            if (call.Name is null || reference.Tool(call.Name) is not { } tool)
            {
                continue;
            }

            given += call.Arguments.Count;
            foreach (var (name, _) in call.Arguments)
            {
                invented += tool.Declares(name) ? 0 : 1;
            }

            foreach (var argument in reference.First(call.Name)?.Arguments ?? [])
            {
                var value = call.Value(argument.Name);
                var isRight = value is not null && argument.Accepts(value);
                if (argument.MayBeOmitted && !isRight)
                {
                    continue;
                }

                expected++;
                missing += value is null ? 1 : 0;
                shared += value is null ? 0 : 1;
                valuesRight += isRight ? 1 : 0;
            }
        }

        return this with
        {
            Invented = new Tally(invented, given),
            Missing = new Tally(missing, expected),
            Values = new Tally(valuesRight, shared),
        };
    }
}
