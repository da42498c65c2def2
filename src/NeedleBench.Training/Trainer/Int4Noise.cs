using NeedleBench.Training.Network;

namespace NeedleBench.Training.Trainer;

/// <summary>
/// Symmetric INT4 in groups of 32 along the input: w → clip(round(w/s), −8, 7) · s with s = max|w|/7, as Needle was trained
/// with. Only projections; the embedding stays as it is.
/// </summary>
static class Int4Noise
{
    const int Group = 32;

    /// <summary>Rounds the projections in a flat vector to what INT4 would hold.</summary>
    public static void Apply(ParameterLayout layout, Span<float> vector)
    {
        foreach (var parameter in layout.Parameters.Where(p => p.Kind == ParameterKind.Projection))
        {
            var inputs = parameter.Shape[1];
            for (var row = 0; row < parameter.Shape[0]; row++)
            {
                for (var k = 0; k < inputs; k += Group)
                {
                    Round(vector.Slice((int)parameter.Offset + (row * inputs) + k, Math.Min(Group, inputs - k)));
                }
            }
        }
    }

    static void Round(Span<float> group)
    {
        var max = 0f;
        foreach (var w in group)
        {
            max = Math.Max(max, Math.Abs(w));
        }

        var scale = max / 7;
        if (scale == 0)
        {
            return;
        }

        foreach (ref var w in group)
        {
            w = Math.Clamp(MathF.Round(w / scale), -8, 7) * scale;
        }
    }
}
