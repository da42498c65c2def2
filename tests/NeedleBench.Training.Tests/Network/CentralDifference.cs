using NeedleBench.Training.Network;

namespace NeedleBench.Training.Tests.Network;

/// <summary>What a gradient must be: the slope of the loss between two points near the weights.</summary>
static class CentralDifference
{
    /// <summary>(loss(w + step · direction) − loss(w − step · direction)) / (2 · step); the weights are as before afterwards.</summary>
    /// <param name="direction">As long as the parameter.</param>
    /// <param name="loss">The loss with the weights as they stand.</param>
    public static double Of(NetworkParameters network, Parameter parameter, float[] direction, float step, Func<double> loss)
    {
        var kept = network.Values.Slice((int)parameter.Offset, parameter.Count).ToArray();
        var (up, down) = (LossAt(step), LossAt(-step));
        kept.CopyTo(network.Values[(int)parameter.Offset..]);
        network.Pack();
        return (up - down) / (2 * step);

        double LossAt(float by)
        {
            for (var i = 0; i < kept.Length; i++)
            {
                network.Values[(int)parameter.Offset + i] = kept[i] + (by * direction[i]);
            }

            network.Pack();
            return loss();
        }
    }
}
