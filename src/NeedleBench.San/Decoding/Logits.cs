using System.Numerics.Tensors;

namespace NeedleBench.San.Decoding;

/// <summary>Choosing by logits.</summary>
static class Logits
{
    /// <summary>The lowest id of the highest logit.</summary>
    /// <exception cref="InvalidOperationException">The highest is not finite.</exception>
    public static int ArgMax(ReadOnlySpan<float> logits)
    {
        var max = TensorPrimitives.Max(logits);
        return float.IsFinite(max)
            ? logits.IndexOf(max)
            : throw new InvalidOperationException("The model's logits are not finite: the checkpoint is damaged.");
    }

    /// <summary>The id of the highest logit among some, the lowest among equals.</summary>
    /// <param name="ids">At least one.</param>
    public static int ArgMax(ReadOnlySpan<float> logits, ReadOnlySpan<int> ids)
    {
        var best = ids[0];
        foreach (var id in ids[1..])
        {
            if (logits[id] > logits[best] || (logits[id] == logits[best] && id < best))
            {
                best = id;
            }
        }

        return best;
    }

    /// <summary>The softmax share of one id among some.</summary>
    public static double Share(ReadOnlySpan<float> logits, int chosen, ReadOnlySpan<int> ids)
    {
        var sum = 0.0;
        foreach (var id in ids)
        {
            sum += Math.Exp(logits[id] - logits[chosen]);
        }

        return 1 / sum;
    }
}
