namespace NeedleBench.Harness.Bfcl.Conversion;

/// <summary>What an alternative of the ground truth is, where it is not simply the value.</summary>
enum ValueShape
{
    /// <summary>The alternative is the value.</summary>
    Plain,

    /// <summary>A dict whose members are lists of alternatives.</summary>
    Dict,

    /// <summary>A list of such dicts.</summary>
    DictList,

    /// <summary>A list whose elements are declared as floats.</summary>
    FloatList,
}
