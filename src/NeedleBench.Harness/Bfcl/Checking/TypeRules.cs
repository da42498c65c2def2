namespace NeedleBench.Harness.Bfcl.Checking;

/// <summary>
/// Whether a value has the declared type, exactly, or else the type of the first alternative: Berkeley's way to let a
/// variable's name stand for a value. Arrays are looked into one level deep.
/// </summary>
static class TypeRules
{
    static readonly Dictionary<string, PythonType> Declared = new(StringComparer.Ordinal)
    {
        ["string"] = PythonType.Str,
        ["integer"] = PythonType.Int,
        ["float"] = PythonType.Float,
        ["boolean"] = PythonType.Bool,
        ["array"] = PythonType.List,
        ["tuple"] = PythonType.List,
        ["dict"] = PythonType.Dict,
        ["any"] = PythonType.Str,
    };

    /// <summary>The Python type that a description's <c>type</c> stands for.</summary>
    public static PythonType TypeOf(PythonValue declared) => declared.Type switch
    {
        PythonType.Str when Declared.TryGetValue(declared.Text, out var type) => type,
        PythonType.Str => throw new PythonError("KeyError", $"'{declared.Text}' is no type that is known"),
        PythonType.List or PythonType.Dict => throw new PythonError("TypeError", $"{PythonOperations.Name(declared)} cannot be a type"),
        _ => throw new PythonError("KeyError", $"{PythonOperations.Name(declared)} is no type"),
    };

    /// <param name="parameter">For the message.</param>
    /// <param name="value">What the model gave.</param>
    /// <param name="alternatives">What is accepted.</param>
    /// <param name="expected">The declared type.</param>
    /// <param name="element">The declared type of elements, for arrays and tuples.</param>
    public static Result Check(
        string parameter, PythonValue value, PythonValue alternatives, PythonType expected, PythonType? element)
    {
        var first = alternatives.Iterated().FirstOrDefault(a => !a.IsText(""))?.Type;
        var nested = false;
        if (value.Type == expected)
        {
            // An alternative that is no list says nothing about elements, so that "" lets every list through to the values.
            if (element is null || alternatives.Iterated().Any(a => a.Type != PythonType.List || Fit(parameter, value, a, element.Value)))
            {
                return new Result(null, first is not null && first != expected);
            }

            nested = true;
        }

        if (first != value.Type)
        {
            return new Result(
                BfclVerdict.Wrong("type_error:simple", $"'{parameter}' is {PythonOperations.Name(value)}, which is not its type"), false);
        }

        return nested
            ? new Result(BfclVerdict.Wrong("type_error:nested", $"an element of '{parameter}' is not of the type of its elements"), false)
            : new Result(null, true);
    }

    static bool Fit(string parameter, PythonValue value, PythonValue alternative, PythonType element) =>
        value.Items.All(item => Check(parameter, item, alternative, element, null).Failure is null);

    /// <param name="Failure">Null where the type is right.</param>
    /// <param name="IsVariable">Whether the alternatives are of another type than declared, so that they are compared as they are.</param>
    public readonly record struct Result(BfclVerdict? Failure, bool IsVariable);
}
