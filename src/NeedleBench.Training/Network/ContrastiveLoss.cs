using System.Numerics.Tensors;

namespace NeedleBench.Training.Network;

/// <summary>
/// The symmetric contrastive loss of CLIP (Radford et al., 2021): each request shall find its tool among the batch's tools,
/// and each tool its request, by softmax over cosines / temperature.
/// </summary>
static class ContrastiveLoss
{
    /// <summary>What cosines are divided by.</summary>
    public const float Temperature = 0.07f;

    /// <summary>Mean loss over the pairs, nats, and its gradient.</summary>
    /// <param name="queries">[pairs, size], unit length.</param>
    /// <param name="tools">[pairs, size], unit length.</param>
    /// <param name="same">
    /// Whether two pairs have the same tool: neither is then a wrong answer to the other. Called with different positions only.
    /// </param>
    /// <param name="dqueries">[pairs, size], written; scaled by <paramref name="scale"/>.</param>
    /// <param name="dtools">Likewise.</param>
    public static double Compute(
        ReadOnlySpan<float> queries, ReadOnlySpan<float> tools, int pairs, int size, Func<int, int, bool> same, float scale, Span<float> dqueries, Span<float> dtools)
    {
        var logits = new double[pairs, pairs];
        for (var q = 0; q < pairs; q++)
        {
            for (var t = 0; t < pairs; t++)
            {
                logits[q, t] = q != t && same(q, t)
                    ? double.NegativeInfinity
                    : TensorPrimitives.Dot(queries.Slice(q * size, size), tools.Slice(t * size, size)) / (double)Temperature;
            }
        }

        // Gradient of the logits: of both softmaxes, each against the diagonal.
        var gradient = new double[pairs, pairs];
        var loss = 0.0;
        for (var i = 0; i < pairs; i++)
        {
            var (byRow, byColumn) = (0.0, 0.0);
            for (var j = 0; j < pairs; j++)
            {
                byRow += Math.Exp(logits[i, j] - logits[i, i]);
                byColumn += Math.Exp(logits[j, i] - logits[i, i]);
            }

            loss += (Math.Log(byRow) + Math.Log(byColumn)) / (2 * pairs);
            for (var j = 0; j < pairs; j++)
            {
                gradient[i, j] += ((Math.Exp(logits[i, j] - logits[i, i]) / byRow) - (i == j ? 1 : 0)) / (2 * pairs);
                gradient[j, i] += ((Math.Exp(logits[j, i] - logits[i, i]) / byColumn) - (i == j ? 1 : 0)) / (2 * pairs);
            }
        }

        dqueries.Clear();
        dtools.Clear();
        for (var q = 0; q < pairs; q++)
        {
            for (var t = 0; t < pairs; t++)
            {
                var factor = (float)(gradient[q, t] * scale / Temperature);
                var dquery = dqueries.Slice(q * size, size);
                var dtool = dtools.Slice(t * size, size);
                TensorPrimitives.MultiplyAdd(tools.Slice(t * size, size), factor, dquery, dquery);
                TensorPrimitives.MultiplyAdd(queries.Slice(q * size, size), factor, dtool, dtool);
            }
        }

        return loss;
    }
}
