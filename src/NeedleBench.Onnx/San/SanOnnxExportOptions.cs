namespace NeedleBench.Onnx.San;

/// <summary>How a SAN is exported.</summary>
public readonly record struct SanOnnxExportOptions()
{
    public SanOnnxPrecision Precision { get; init; } = SanOnnxPrecision.Fp32;

    /// <summary>
    /// Whether <see cref="SanOnnxPrecision.Int8"/> and <see cref="SanOnnxPrecision.Int4"/> round activations to 8 bits in groups of
    /// 32 (MatMulNBits' accuracy level 4, the fastest) or compute with them as they are (level 0, the most exact).
    /// </summary>
    public bool Int8Activations { get; init; } = true;

    /// <summary>As <c>--precision</c> names it, and as tables show it.</summary>
    public string PrecisionName => NameOf(Precision) + (Precision is SanOnnxPrecision.Int8 or SanOnnxPrecision.Int4 && !Int8Activations ? "-a32" : "");

    /// <summary>The precisions' names.</summary>
    public static IReadOnlyList<string> PrecisionNames { get; } = [.. Enum.GetValues<SanOnnxPrecision>().Select(NameOf)];

    /// <exception cref="InputException">No precision has this name.</exception>
    public static SanOnnxPrecision ParsePrecision(string name)
    {
        foreach (var precision in Enum.GetValues<SanOnnxPrecision>())
        {
            if (NameOf(precision) == name)
            {
                return precision;
            }
        }

        throw new InputException($"there is no precision '{name}' for an exported SAN", $"There is: {string.Join(", ", PrecisionNames)}.");
    }

    static string NameOf(SanOnnxPrecision precision) => precision switch
    {
        SanOnnxPrecision.Fp32 => "fp32",
        SanOnnxPrecision.Int8 => "int8",
        SanOnnxPrecision.Int4 => "int4",
        _ => "int8-dynamic",
    };
}
