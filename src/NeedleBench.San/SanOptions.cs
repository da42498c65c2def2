using NeedleBench.San.Model;

namespace NeedleBench.San;

/// <summary>How a SAN answers requests.</summary>
public readonly record struct SanOptions()
{
    /// <summary>How the weights are held and run.</summary>
    public SanModelOptions Model { get; init; } = new();

    /// <summary>
    /// What answers are held to. A request that asks to be constrained is held to <see cref="DecodingConstraint.Names"/> at least.
    /// </summary>
    public DecodingConstraint Constraint { get; init; } = DecodingConstraint.Schema;

    /// <summary>With more tools on offer than this, only the nearest by the retrieval head are read; 0 reads all.</summary>
    public int RetrieveTop { get; init; }

    /// <summary>Whether the nearness of tools takes a request's clauses into account, or the whole request alone.</summary>
    public bool RetrieveByClauses { get; init; } = true;
}
