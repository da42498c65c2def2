namespace NeedleBench.Training.Network;

/// <summary>What a tensor is in the network; optimisers, decay and quantisation noise go by it.</summary>
public enum ParameterKind
{
    /// <summary>The embedding, which is the output layer too.</summary>
    Embedding,

    /// <summary>A zero-centred γ.</summary>
    Norm,

    /// <summary>A gate before its sigmoid.</summary>
    Gate,

    /// <summary>An attention projection [out, in].</summary>
    Projection,

    /// <summary>The retrieval head's matrices and bias.</summary>
    Retrieval,
}
