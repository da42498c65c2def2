using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics;

/// <summary>
/// Of the calls of an expected tool, the share whose arguments are those of some expected call of that tool. As in
/// Needle's own evaluation the assignment is not one to one: doing the right thing twice is <see cref="CallF1"/>'s matter.
/// </summary>
public static class ArgumentAccuracy
{
    public const string Name = "argument_accuracy";

    public static Tally Measure(SuiteCase suiteCase, Prediction prediction, CaseMatch match)
    {
        var (right, total) = (0, 0);
        foreach (var call in match.Calls)
        {
            if (suiteCase.Expected.Any(e => e.Name == call.Name))
            {
                total++;
                right += call.ArgumentsRight ? 1 : 0;
            }
        }

        return new Tally(right, total);
    }
}
