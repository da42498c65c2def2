namespace NeedleBench.Training.Recipes;

/// <summary>Maps values to a stretch of a picture.</summary>
/// <param name="From">The value at the start.</param>
/// <param name="To">The value at the end; above <paramref name="From"/>.</param>
/// <param name="Start">In the picture's units.</param>
/// <param name="End">In the picture's units.</param>
readonly record struct ChartScale(double From, double To, double Start, double End)
{
    public double At(double value) => Start + ((value - From) / (To - From) * (End - Start));

    /// <summary>Round values on the scale, whole and about so many, the first value among them.</summary>
    public IEnumerable<double> Ticks(int about)
    {
        var rough = (To - From) / about;
        var decade = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var round = ((double[])[1, 2, 5, 10]).First(m => m * decade >= rough * 0.999) * decade;
        var apart = Math.Max(1, round);
        var (from, to) = (From, To);
        return Enumerable.Range(0, (int)Math.Floor((to - from) / apart) + 1).Select(i => from + (i * apart));
    }
}
