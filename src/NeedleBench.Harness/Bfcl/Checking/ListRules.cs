namespace NeedleBench.Harness.Bfcl.Checking;

/// <summary>Lists are equal element by element, in order; strings are standardised at the first level only.</summary>
static class ListRules
{
    public static BfclVerdict Check(string parameter, PythonValue value, PythonValue alternatives)
    {
        var given = Standardize(value);

        // All of them are read before any is compared, so that one that cannot be read raises its error.
        var accepted = alternatives.Indexed().Select(Standardize).ToList();
        return accepted.Any(list => PythonValue.EqualLists(given, list))
            ? BfclVerdict.Right
            : BfclVerdict.Wrong("value_error:list/tuple", $"the list '{parameter}' is none of the accepted ones");
    }

    static List<PythonValue> Standardize(PythonValue list) => [.. list.Indexed().Select(StringRules.Standardize)];
}
