namespace NeedleBench.San.Quantisation;

/// <summary>A matrix [outputs, inputs] as signed codes, with a scale for each group of inputs: w = code · scale.</summary>
public sealed class QuantisedMatrix
{
    internal QuantisedMatrix(int outputs, int inputs)
    {
        Outputs = outputs;
        Inputs = inputs;
        Groups = (inputs + GroupQuantisation.GroupSize - 1) / GroupQuantisation.GroupSize;
        Codes = new sbyte[outputs * inputs];
        Scales = new float[outputs * Groups];
    }

    public int Outputs { get; }

    public int Inputs { get; }

    /// <summary>Groups in a row; the last may be shorter than the others.</summary>
    public int Groups { get; }

    /// <summary>Row-major, [outputs, inputs].</summary>
    public sbyte[] Codes { get; }

    /// <summary>Row-major, [outputs, <see cref="Groups"/>].</summary>
    public float[] Scales { get; }

    /// <summary>The weights that the codes stand for, row-major [outputs, inputs].</summary>
    public float[] ToFloats()
    {
        var rows = new float[Codes.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var (row, column) = Math.DivRem(i, Inputs);
            rows[i] = Codes[i] * Scales[(row * Groups) + (column / GroupQuantisation.GroupSize)];
        }

        return rows;
    }
}
