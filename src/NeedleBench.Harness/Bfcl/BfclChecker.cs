using NeedleBench.Harness.Bfcl.Checking;

namespace NeedleBench.Harness.Bfcl;

/// <summary>
/// The Berkeley leaderboard's checker of calls (<c>ast_checker.py</c> for Python, <c>eval_runner.py</c> for irrelevance),
/// verdict for verdict and error type for error type, oddities included: exact Python types (<c>5.0</c> is no integer), no
/// conversion inside arrays, strings without punctuation, greedy matching of parallel calls. Function names are compared as
/// they are, dots included. Where their Python would raise an exception, the verdict is <c>crash:</c> and its kind.
/// </summary>
public static class BfclChecker
{
    /// <summary>Checks an answer that could be read.</summary>
    /// <param name="bfclCase">The case.</param>
    /// <param name="calls">The calls in the model's order; the text of a number tells 5 from 5.0.</param>
    public static BfclVerdict Check(BfclCase bfclCase, IReadOnlyList<ToolCall> calls)
    {
        ArgumentNullException.ThrowIfNull(bfclCase);
        ArgumentNullException.ThrowIfNull(calls);
        try
        {
            return bfclCase.Kind switch
            {
                BfclCategory.Irrelevance => calls.Count == 0
                    ? BfclVerdict.Right
                    : BfclVerdict.Wrong("irrelevance_error:decoder_success", "a call was made where none is right"),
                BfclCategory.Relevance => calls.Count > 0
                    ? BfclVerdict.Right
                    : BfclVerdict.Wrong("relevance_error:decoder_failed", "no call was made where one is right"),
                BfclCategory.Parallel => Parallel(bfclCase, Read(calls)),
                BfclCategory.Multiple => Multiple(bfclCase, Read(calls)),
                _ => Simple(bfclCase, Read(calls)),
            };
        }
        catch (PythonError e)
        {
            return BfclVerdict.Wrong($"crash:{e.Kind}", e.Message);
        }
    }

    /// <summary>
    /// The verdict on an answer that could not be read: credited as abstention where no call is right, as Berkeley does.
    /// </summary>
    /// <param name="bfclCase">The case.</param>
    /// <param name="failure">Why it could not be read; null where the model itself failed.</param>
    public static BfclVerdict CheckUnreadable(BfclCase bfclCase, ParseFailure? failure)
    {
        ArgumentNullException.ThrowIfNull(bfclCase);

        // No text at all decodes to no calls there, which the checker then counts.
        if (bfclCase.Kind is BfclCategory.Irrelevance or BfclCategory.Relevance || failure?.Kind == ParseFailureKind.Empty)
        {
            return Check(bfclCase, []);
        }

        return failure?.Kind is ParseFailureKind.NotACall or ParseFailureKind.NotACallList
            ? BfclVerdict.Wrong("ast_decoder:decoder_wrong_output_format", failure.Detail)
            : BfclVerdict.Wrong("ast_decoder:decoder_failed", failure?.Detail ?? "the model failed");
    }

    static List<FunctionRules.Call> Read(IReadOnlyList<ToolCall> calls) =>
        [.. calls.Select(call => new FunctionRules.Call(call.Name, PythonValue.Of(call.Arguments)))];

    static BfclVerdict Simple(BfclCase bfclCase, List<FunctionRules.Call> calls) => calls.Count != 1
        ? BfclVerdict.Wrong("simple_function_checker:wrong_count", $"{calls.Count} calls, not one")
        : FunctionRules.Check(First(bfclCase.PythonFunctions), calls[0], First(bfclCase.PythonTruth));

    static BfclVerdict Multiple(BfclCase bfclCase, List<FunctionRules.Call> calls)
    {
        var truth = bfclCase.PythonTruth.Items;
        if (calls.Count != truth.Count)
        {
            return BfclVerdict.Wrong("multiple_function_checker:wrong_count", $"{calls.Count} calls, not {truth.Count}");
        }

        var expected = First(bfclCase.PythonTruth);
        return FunctionRules.Check(Describe(bfclCase.PythonFunctions, expected), calls[0], expected);
    }

    static BfclVerdict Parallel(BfclCase bfclCase, List<FunctionRules.Call> calls)
    {
        var truth = bfclCase.PythonTruth.Items;
        if (calls.Count != truth.Count)
        {
            return BfclVerdict.Wrong("parallel_function_checker_no_order:wrong_count", $"{calls.Count} calls, not {truth.Count}");
        }

        // Each expected call in turn takes the first call left that fits it: greedy, so a better assignment may be missed.
        var left = new List<FunctionRules.Call>(calls);
        for (var i = 0; i < truth.Count; i++)
        {
            var description = Describe(bfclCase.PythonFunctions, truth[i]);
            var taken = left.FindIndex(call => FunctionRules.Check(description, call, truth[i]).Valid);
            if (taken < 0)
            {
                return BfclVerdict.Wrong(
                    "parallel_function_checker_no_order:cannot_find_match",
                    $"none of the {left.Count} calls left fits expected call {i + 1} ({FunctionRules.NameOf(truth[i])})");
            }

            left.RemoveAt(taken);
        }

        return BfclVerdict.Right;
    }

    static PythonValue First(PythonValue list) =>
        list.Items.Count > 0 ? list.Items[0] : throw new PythonError("IndexError", "list index out of range");

    // Null where there is none, which the function's check then fails on.
    static PythonValue? Describe(PythonValue functions, PythonValue expected)
    {
        var name = FunctionRules.NameOf(expected);
        return functions.Items.FirstOrDefault(function => function.Subscript("name").IsText(name));
    }
}
