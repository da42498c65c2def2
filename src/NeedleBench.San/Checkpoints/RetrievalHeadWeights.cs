namespace NeedleBench.San.Checkpoints;

/// <summary>The head that turns pooled encoder output into an embedding for tool retrieval: Linear, ReLU, Linear.</summary>
/// <param name="Hidden">[width, d], row-major; the width is d/4 where the config does not say otherwise.</param>
/// <param name="HiddenBias">[width].</param>
/// <param name="Projection">[<see cref="EmbeddingSize"/>, width], row-major.</param>
public sealed record RetrievalHeadWeights(float[] Hidden, float[] HiddenBias, float[] Projection)
{
    /// <summary>The length of a tool's embedding.</summary>
    public const int EmbeddingSize = 128;

    /// <summary>The width of the hidden layer.</summary>
    public static int HiddenWidth(SanConfig config) => config.RetrievalHiddenSize ?? (config.HiddenSize / 4);
}
