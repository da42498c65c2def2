using NeedleBench.San.Checkpoints;

namespace NeedleBench.Training.Network;

/// <summary>Weights to begin from: embedding and projections normal with standard deviation 1/sqrt(inputs), norms and gates 0.</summary>
public static class NetworkInitialiser
{
    /// <summary>The same seed gives the same weights.</summary>
    public static SanWeights Create(SanConfig config, bool retrieval, ulong seed)
    {
        var layout = new ParameterLayout(config, retrieval);
        var vector = new float[layout.Length];
        var random = new SeededRandom(seed);
        foreach (var parameter in layout.Parameters.Where(p => p.Shape.Count == 2))
        {
            var deviation = 1 / Math.Sqrt(parameter.Shape[1]);
            for (var i = 0; i < parameter.Count; i++)
            {
                vector[parameter.Offset + i] = (float)(random.NextNormal() * deviation);
            }
        }

        return layout.ToWeights(vector);
    }
}
