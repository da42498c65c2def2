using System.Diagnostics.CodeAnalysis;

namespace NeedleBench.Onnx;

/// <summary>What a tensor's elements are. The numbers are those of ONNX's TensorProto.DataType, which ONNX Runtime shares.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The names are ONNX's own.")]
public enum OnnxElementType
{
    /// <summary>Not said, or not a tensor.</summary>
    Undefined = 0,

    /// <summary>IEEE 754 binary32: <see cref="float"/>.</summary>
    Float = 1,

    UInt8 = 2,

    Int8 = 3,

    UInt16 = 4,

    Int16 = 5,

    Int32 = 6,

    Int64 = 7,

    /// <summary>Texts. Named, so that metadata can say so; no tensor of it can be made here.</summary>
    Text = 8,

    /// <summary>One byte an element, 0 or 1: <see cref="bool"/>.</summary>
    Bool = 9,

    /// <summary>IEEE 754 binary16: <see cref="Half"/>.</summary>
    Float16 = 10,

    Double = 11,

    UInt32 = 12,

    UInt64 = 13,

    /// <summary>Pairs of <see cref="Float"/>; only in metadata.</summary>
    Complex64 = 14,

    /// <summary>Pairs of <see cref="Double"/>; only in metadata.</summary>
    Complex128 = 15,

    /// <summary>The upper half of a <see cref="Float"/>; only in metadata and raw initialisers.</summary>
    BFloat16 = 16,
}
