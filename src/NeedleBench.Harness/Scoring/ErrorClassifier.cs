using System.Diagnostics;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Scoring;

/// <summary>Names the one error class of a scored case, by the precedence of <see cref="ErrorClass"/>.</summary>
public static class ErrorClassifier
{
    public static ErrorClass Classify(SuiteCase suiteCase, Prediction prediction, CaseMatch match)
    {
        if (prediction.Error is not null)
        {
            return ErrorClass.ModelError;
        }

        if (prediction.Failure is not null)
        {
            return ErrorClass.ParseFailure;
        }

        if (match.IsExact)
        {
            return ErrorClass.None;
        }

        if (match.Calls.Count == 0)
        {
            return ErrorClass.MissedCall;
        }

        if (suiteCase.IsRefusal)
        {
            return ErrorClass.UnwantedCall;
        }

        if (match.Calls.Any(c => !c.Offered))
        {
            return ErrorClass.UnknownTool;
        }

        if (match.Calls.Any(c => suiteCase.Expected.All(e => e.Name != c.Name)))
        {
            return ErrorClass.WrongTool;
        }

        if (match.Calls.Count != match.ExpectedCalls)
        {
            return ErrorClass.WrongCount;
        }

        // As many calls as expected, and one of them found no expected call of its name left.
        if (match.Calls.Any(c => c.Expected is null))
        {
            return ErrorClass.WrongTool;
        }

        return OfArguments(match);
    }

    static ErrorClass OfArguments(CaseMatch match)
    {
        var wrong = match.Calls.Where(c => !c.Exact).ToList();
        return wrong.Any(c => !c.SchemaValid) ? ErrorClass.SchemaInvalid
            : Has(ArgumentVerdict.Invented) ? ErrorClass.InventedArgument
            : Has(ArgumentVerdict.Missing) ? ErrorClass.MissingArgument
            : Has(ArgumentVerdict.Unexpected) ? ErrorClass.UnexpectedArgument
            : Has(ArgumentVerdict.WrongValue) ? ErrorClass.WrongValue
            : throw new UnreachableException("A call that matches nothing has an argument that is not correct.");

        bool Has(ArgumentVerdict verdict) => wrong.Any(c => c.Arguments.Any(a => a.Verdict == verdict));
    }
}
