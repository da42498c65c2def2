namespace NeedleBench.San.Kernels;

/// <summary>How weights may be held: each precision's name and the two ways in which it packs a matrix.</summary>
/// <param name="Name">As in <c>?precision=…</c>.</param>
/// <param name="PackProjection">Packs [outputs, inputs] of an attention projection.</param>
/// <param name="PackEmbedding">Packs [vocabulary, d], which is the output layer too.</param>
sealed record Precision(
    string Name, Func<float[], int, int, WeightMatrix> PackProjection, Func<float[], int, int, WeightMatrix> PackEmbedding);

/// <summary>The precisions at hand.</summary>
static class Precisions
{
    public static IReadOnlyList<Precision> All { get; } =
    [
        new("fp32", (rows, n, k) => new Fp32WeightMatrix(rows, n, k), (rows, n, k) => new Fp32WeightMatrix(rows, n, k)),
    ];

    /// <exception cref="InputException">No precision has this name.</exception>
    public static Precision Get(string name) =>
        All.FirstOrDefault(p => p.Name == name)
        ?? throw new InputException(
            $"there is no precision '{name}' for a SAN", $"There is: {string.Join(", ", All.Select(p => p.Name))}.");
}
