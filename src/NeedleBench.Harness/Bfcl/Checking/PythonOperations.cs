namespace NeedleBench.Harness.Bfcl.Checking;

/// <summary>
/// Python's operators on values whose type nobody checked, as Berkeley's checker applies them to its data: what does not fit
/// raises what Python raises.
/// </summary>
static class PythonOperations
{
    /// <summary><c>value[key]</c>; null is Python's None.</summary>
    public static PythonValue Subscript(this PythonValue? value, string key) => value switch
    {
        { Type: PythonType.Dict } => value.Members.TryGetValue(key, out var member)
            ? member
            : throw new PythonError("KeyError", $"there is no '{key}'"),
        _ => throw new PythonError("TypeError", $"{Name(value)} has no members, so no '{key}'"),
    };

    /// <summary><c>for item in value</c>.</summary>
    public static IReadOnlyList<PythonValue> Iterated(this PythonValue value) =>
        value.Type == PythonType.Dict ? [.. value.Members.Keys.Select(PythonValue.Of)] : value.Indexed();

    /// <summary><c>value[0], value[1], … value[len(value) - 1]</c>.</summary>
    public static IReadOnlyList<PythonValue> Indexed(this PythonValue value) => value.Type switch
    {
        PythonType.List => value.Items,
        PythonType.Str => Characters(value.Text),
        PythonType.Dict when value.Members.Count == 0 => [],
        PythonType.Dict => throw new PythonError("KeyError", "a dict has no 0"),
        _ => throw new PythonError("TypeError", $"{Name(value)} has no len()"),
    };

    /// <summary><c>len(value)</c>.</summary>
    public static int Length(this PythonValue value) =>
        value.Type == PythonType.Dict ? value.Members.Count : value.Indexed().Count;

    /// <summary><c>item in value</c>.</summary>
    public static bool Has(this PythonValue value, PythonValue item) => value.Type switch
    {
        PythonType.List => value.Items.Any(item.EqualTo),
        PythonType.Dict => item.Type is PythonType.List or PythonType.Dict
            ? throw new PythonError("TypeError", $"{Name(item)} cannot be hashed")
            : item.Type == PythonType.Str && value.Members.ContainsKey(item.Text),
        PythonType.Str => item.Type == PythonType.Str
            ? value.Text.Contains(item.Text, StringComparison.Ordinal)
            : throw new PythonError("TypeError", $"{Name(item)} cannot be in a str"),
        _ => throw new PythonError("TypeError", $"{Name(value)} cannot be searched"),
    };

    /// <inheritdoc cref="Has(PythonValue, PythonValue)"/>
    public static bool Has(this PythonValue value, string item) => value.Has(PythonValue.Of(item));

    /// <summary><c>value.items()</c>.</summary>
    public static OrderedDictionary<string, PythonValue> Pairs(this PythonValue value) => value.Type == PythonType.Dict
        ? value.Members
        : throw new PythonError("AttributeError", $"{Name(value)} has no items()");

    public static string Name(PythonValue? value) => (value?.Type ?? PythonType.None) switch
    {
        PythonType.None => "None",
        var type => "a " + type.ToString().ToLowerInvariant(),
    };

    // By code point, as Python counts; half a pair is one of its own.
    static List<PythonValue> Characters(string text)
    {
        var characters = new List<PythonValue>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var length = char.IsSurrogatePair(text, i) ? 2 : 1;
            characters.Add(PythonValue.Of(text.Substring(i, length)));
            i += length - 1;
        }

        return characters;
    }
}
