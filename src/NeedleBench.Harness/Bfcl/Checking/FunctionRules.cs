using System.Numerics;

namespace NeedleBench.Harness.Bfcl.Checking;

/// <summary>One call against one expected call: name, required parameters, then types and values in the model's order.</summary>
static class FunctionRules
{
    const string Checker = "simple_function_checker:";

    /// <param name="description">The function; null where there is none of the expected name.</param>
    /// <param name="call">What the model called.</param>
    /// <param name="expected"><c>{"name":{"parameter":[alternatives]}}</c>.</param>
    public static BfclVerdict Check(PythonValue? description, Call call, PythonValue expected)
    {
        var truth = FirstPair(expected).Value;
        var name = description.Subscript("name");
        var parameters = description.Subscript("parameters");
        var details = parameters.Subscript("properties");
        var required = parameters.Subscript("required");
        if (!name.IsText(call.Name))
        {
            return Wrong("wrong_func_name", $"'{call.Name}' is called, not '{name.Text}'");
        }

        foreach (var parameter in required.Iterated())
        {
            if (!call.Arguments.Has(parameter))
            {
                return Wrong("missing_required", $"the required parameter '{parameter.Text}' is missing");
            }
        }

        foreach (var (parameter, value) in call.Arguments.Members)
        {
            if (!details.Has(parameter) || !truth.Has(parameter))
            {
                return Wrong("unexpected_param", $"the parameter '{parameter}' is not expected");
            }

            var verdict = CheckValue(parameter, value, details.Subscript(parameter), truth.Subscript(parameter));
            if (!verdict.Valid)
            {
                return verdict;
            }
        }

        foreach (var (parameter, alternatives) in truth.Members)
        {
            if (!call.Arguments.Members.ContainsKey(parameter) && !alternatives.Has(""))
            {
                return Wrong("missing_optional", $"the parameter '{parameter}' is missing");
            }
        }

        return BfclVerdict.Right;
    }

    /// <summary>The function that an expected call is of.</summary>
    public static string NameOf(PythonValue expected) => FirstPair(expected).Key;

    static BfclVerdict CheckValue(string parameter, PythonValue value, PythonValue details, PythonValue alternatives)
    {
        var declared = details.Subscript("type");
        var expected = TypeRules.TypeOf(declared);
        PythonType? element = expected == PythonType.List ? TypeRules.TypeOf(details.Subscript("items").Subscript("type")) : null;
        if (expected == PythonType.Float && value.Type == PythonType.Int)
        {
            value = ToFloat(value.Integer);
        }

        var (failure, isVariable) = TypeRules.Check(parameter, value, alternatives, expected, element);
        if (failure is not null)
        {
            return failure;
        }

        return (isVariable ? PythonType.None : expected, element) switch
        {
            (PythonType.Dict, _) => DictRules.Check(parameter, value, alternatives.Indexed()),
            (PythonType.List, PythonType.Dict) => DictRules.CheckList(parameter, value, alternatives),
            (PythonType.List, _) => ListRules.Check(parameter, value, alternatives),
            (PythonType.Str, _) => StringRules.Check(parameter, value, alternatives),
            _ => alternatives.Has(value)
                ? BfclVerdict.Right
                : BfclVerdict.Wrong("value_error:others", $"the value of '{parameter}' is none of the accepted ones"),
        };
    }

    static PythonValue ToFloat(BigInteger integer)
    {
        var number = (double)integer;
        return double.IsFinite(number) ? PythonValue.Of(number) : throw new PythonError("OverflowError", "the int is too large for a float");
    }

    static KeyValuePair<string, PythonValue> FirstPair(PythonValue expected) => expected.Pairs() is { Count: > 0 } pairs
        ? pairs.GetAt(0)
        : throw new PythonError("IndexError", "list index out of range");

    static BfclVerdict Wrong(string kind, string message) => BfclVerdict.Wrong(Checker + kind, message);

    public readonly record struct Call(string Name, PythonValue Arguments);
}
