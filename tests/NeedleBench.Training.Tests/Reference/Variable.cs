namespace NeedleBench.Training.Tests.Reference;

/// <summary>A matrix of doubles in a computation, with the gradient of the computation's end by it.</summary>
sealed class Variable(int rows, int columns, double[] values)
{
    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    /// <summary>Row-major.</summary>
    public double[] Values { get; } = values;

    public double[] Gradient { get; } = new double[values.Length];
}
