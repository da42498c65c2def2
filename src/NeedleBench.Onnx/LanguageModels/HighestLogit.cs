using System.Numerics.Tensors;

namespace NeedleBench.Onnx.LanguageModels;

/// <summary>Greedy choice of a token.</summary>
static class HighestLogit
{
    /// <summary>The position of the highest value, the first of several.</summary>
    /// <exception cref="InvalidOperationException">A value is not a number, or there is none.</exception>
    public static int Of(ReadOnlySpan<float> logits)
    {
        // A NaN anywhere is what the search ends with.
        var highest = TensorPrimitives.IndexOfMax(logits);
        return highest >= 0 && !float.IsNaN(logits[highest])
            ? highest
            : throw new InvalidOperationException("The graph's logits are not numbers; its arithmetic overflowed, or its weights are damaged.");
    }

    /// <param name="logits">16-bit logits.</param>
    /// <param name="buffer">Takes them as 32-bit ones: as many.</param>
    /// <inheritdoc cref="Of(ReadOnlySpan{float})"/>
    public static int Of(ReadOnlySpan<Half> logits, Span<float> buffer)
    {
        TensorPrimitives.ConvertToSingle(logits, buffer);
        return Of(buffer);
    }
}
