using NeedleBench.San.Model;

namespace NeedleBench.San;

/// <summary>How a SAN answers requests.</summary>
public readonly record struct SanOptions()
{
    /// <summary>How the weights are held and run.</summary>
    public SanModelOptions Model { get; init; } = new();

    /// <summary>Whether tool names and argument keys are held to the declared ones while decoding.</summary>
    public bool Constrained { get; init; } = true;

    /// <summary>With more tools on offer than this, only the nearest by the retrieval head are read; 0 reads all.</summary>
    public int RetrieveTop { get; init; }
}
