namespace NeedleBench.San;

/// <summary>What a SAN's answers are held to while they are decoded.</summary>
public enum DecodingConstraint
{
    /// <summary>Nothing: plain greedy.</summary>
    None,

    /// <summary>Declared tool names and argument keys, as Needle's own decoder does it.</summary>
    Names,

    /// <summary>The tools' schemas: besides, JSON that parses, required keys, types and enums.</summary>
    Schema,
}
