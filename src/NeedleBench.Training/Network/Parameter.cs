namespace NeedleBench.Training.Network;

/// <summary>One tensor of the network, and where its values stand in the flat vector of all.</summary>
/// <param name="Name">As in the checkpoint.</param>
/// <param name="Shape">Row-major; matrices are [out, in].</param>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">First float in the flat vector; a multiple of 16.</param>
public sealed record Parameter(string Name, IReadOnlyList<int> Shape, ParameterKind Kind, long Offset)
{
    public int Count => Shape.Aggregate(1, (product, size) => product * size);
}
