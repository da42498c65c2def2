using System.Diagnostics.CodeAnalysis;

namespace NeedleBench.Onnx.San;

/// <summary>How an exported SAN holds its weights.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The names are the field's own.")]
public enum SanOnnxPrecision
{
    /// <summary>As they are.</summary>
    Fp32,

    /// <summary>Symmetric INT8 in groups of 32 (MatMulNBits): the numbers that <see cref="NeedleBench.San.Quantisation.GroupQuantisation"/> gives.</summary>
    Int8,

    /// <summary>Likewise INT4; the embedding, and so the output layer, is INT8.</summary>
    Int4,

    /// <summary>
    /// INT8 with one scale an output, and activations rounded at run time to 8 bits (DynamicQuantizeMatMul). Weights have 7 bits,
    /// so that sums of two products fit 16 bits on processors without VNNI.
    /// </summary>
    Int8Dynamic,
}
