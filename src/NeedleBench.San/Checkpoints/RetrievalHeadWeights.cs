namespace NeedleBench.San.Checkpoints;

/// <summary>The head that turns pooled encoder output into an embedding for tool retrieval: Linear, ReLU, Linear.</summary>
/// <param name="Hidden">[d/4, d], row-major.</param>
/// <param name="HiddenBias">[d/4].</param>
/// <param name="Projection">[<see cref="EmbeddingSize"/>, d/4], row-major.</param>
public sealed record RetrievalHeadWeights(float[] Hidden, float[] HiddenBias, float[] Projection)
{
    /// <summary>The length of a tool's embedding.</summary>
    public const int EmbeddingSize = 128;

    /// <summary>The width of the hidden layer.</summary>
    public static int HiddenWidth(SanConfig config) => config.HiddenSize / 4;
}
