namespace NeedleBench.Harness.Bfcl.Conversion;

/// <summary>How deep into an alternative of the ground truth further alternatives lie.</summary>
enum ValueShape
{
    /// <summary>The alternative is the value.</summary>
    Plain,

    /// <summary>A dict whose members are lists of alternatives.</summary>
    Dict,

    /// <summary>A list of such dicts.</summary>
    DictList,
}
