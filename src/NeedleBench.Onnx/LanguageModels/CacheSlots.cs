using NeedleBench.Onnx.Runtime;

namespace NeedleBench.Onnx.LanguageModels;

/// <summary>Reads a graph's cache: <c>past_*</c> inputs and their <c>present*</c> twins.</summary>
static class CacheSlots
{
    const string KeyValuePrefix = "past_key_values.";
    const string PastPrefix = "past_";
    const string Mend = "Export the model again, or take another export of it.";

    /// <param name="input">An input.</param>
    /// <param name="outputs">The graph's outputs by name.</param>
    /// <param name="config">For sizes that the graph leaves open and the file names outright.</param>
    /// <param name="file">The graph.</param>
    /// <returns>Null where the input is no part of a cache.</returns>
    /// <exception cref="InputException">It is, but has no twin of its type, or a size that cannot be known.</exception>
    public static CacheSlot? Read(
        OnnxTensorInfo input, IReadOnlyDictionary<string, OnnxTensorInfo> outputs, DecoderConfig config, string file)
    {
        if (!input.Name.StartsWith(PastPrefix, StringComparison.Ordinal) || !input.Name.Contains('.', StringComparison.Ordinal))
        {
            return null;
        }

        // The exporters' rule: past_key_values.N → present.N, and past_conv.N → present_conv.N, past_ssm, past_recurrent alike.
        var present = input.Name.StartsWith(KeyValuePrefix, StringComparison.Ordinal)
            ? string.Concat("present.", input.Name.AsSpan(KeyValuePrefix.Length))
            : string.Concat("present_", input.Name.AsSpan(PastPrefix.Length));
        if (!outputs.TryGetValue(present, out var output) || output.ElementType != input.ElementType)
        {
            throw new InputException(
                output is null ? $"the graph's input {input} has no output '{present}'" : $"the graph's input {input} and its output {output} differ",
                Mend, file);
        }

        return new CacheSlot(input.Name, present, input.ElementType, InitialShape(input, output, config, file));
    }

    static long[] InitialShape(OnnxTensorInfo input, OnnxTensorInfo output, DecoderConfig config, string file)
    {
        var shape = new long[input.Shape.Count];
        var past = input.Name.StartsWith(KeyValuePrefix, StringComparison.Ordinal) ? PastAxis(input) : -1;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            // Before a token there are no positions to remember; a fixed size there would be a cache of another kind.
            shape[axis] = axis == 0 ? input.Shape[0].Size ?? 1
                : axis == past ? 0
                : input.Shape[axis].Size ?? (output.Shape.Count == shape.Length ? output.Shape[axis].Size : null) ?? FromConfig(axis)
                ?? throw new InputException($"the graph leaves open how large dimension {axis} of its input {input} is", Mend, file);
        }

        return shape is [1, ..]
            ? shape
            : throw new InputException($"the graph's input {input} is not for one sequence at a time", Mend, file);

        // Keys and values are [batch, heads, positions, columns of a head].
        long? FromConfig(int axis) => past != 2 ? null : axis == 1 ? config.KeyValueHeads : axis == 3 ? config.HeadSize : null;

        int PastAxis(OnnxTensorInfo tensor)
        {
            for (var axis = 1; axis < tensor.Shape.Count; axis++)
            {
                if (tensor.Shape[axis].Name?.Contains("past", StringComparison.OrdinalIgnoreCase) == true)
                {
                    return axis;
                }
            }

            return tensor.Shape.Count == 4 && tensor.Shape[2].Size is null
                ? 2
                : throw new InputException($"the graph's input {tensor} does not tell which dimension grows with the text", Mend, file);
        }
    }
}
