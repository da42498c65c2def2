namespace NeedleBench.San.Quantisation;

/// <summary>
/// Symmetric quantisation in groups of 32 along the input dimension, as Needle was trained with: INT8 with scale = max|w| / 127,
/// INT4 with scale = max|w| / 7 and codes in [−8, 7]. Codes are rounded half to even.
/// </summary>
public static class GroupQuantisation
{
    /// <summary>Weights that share a scale.</summary>
    public const int GroupSize = 32;

    /// <param name="rows">Row-major weights [outputs, inputs].</param>
    public static QuantisedMatrix ToInt8(ReadOnlySpan<float> rows, int outputs, int inputs) => Quantise(rows, outputs, inputs, -127, 127);

    /// <inheritdoc cref="ToInt8"/>
    public static QuantisedMatrix ToInt4(ReadOnlySpan<float> rows, int outputs, int inputs) => Quantise(rows, outputs, inputs, -8, 7);

    static QuantisedMatrix Quantise(ReadOnlySpan<float> rows, int outputs, int inputs, int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Length, outputs * inputs, nameof(rows));
        var matrix = new QuantisedMatrix(outputs, inputs);
        for (var n = 0; n < outputs; n++)
        {
            for (var g = 0; g < matrix.Groups; g++)
            {
                var at = (n * inputs) + (g * GroupSize);
                var count = Math.Min(GroupSize, inputs - (g * GroupSize));
                matrix.Scales[(n * matrix.Groups) + g] = Round(rows.Slice(at, count), matrix.Codes.AsSpan(at, count), least, most);
            }
        }

        return matrix;
    }

    static float Round(ReadOnlySpan<float> weights, Span<sbyte> codes, int least, int most)
    {
        var max = 0f;
        foreach (var weight in weights)
        {
            max = Math.Max(max, Math.Abs(weight));
        }

        var scale = max / most;
        for (var i = 0; i < weights.Length; i++)
        {
            codes[i] = scale == 0 ? (sbyte)0 : (sbyte)Math.Clamp(MathF.Round(weights[i] / scale), least, most);
        }

        return scale;
    }
}
