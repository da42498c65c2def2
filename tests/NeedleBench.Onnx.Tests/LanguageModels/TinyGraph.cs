using NeedleBench.Onnx.Graphs;

namespace NeedleBench.Onnx.Tests.LanguageModels;

/// <summary>The graph writer with the operators that a decoder needs, and random weights of a fixed seed.</summary>
sealed class TinyGraph(int seed)
{
    readonly Random _random = new(seed);
    int _constants;

    public OnnxGraphBuilder Builder { get; } = new("tiny");

    /// <summary>Uniform numbers of variance 1 / the first size.</summary>
    public string Weights(string name, params long[] shape)
    {
        var scale = 2 * Math.Sqrt(3.0 / shape[0]);
        var values = new float[OnnxElements.Count(shape)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)((_random.NextDouble() - 0.5) * scale);
        }

        return Builder.AddInitializer(name, values, shape);
    }

    public string Numbers(params long[] values) => Builder.AddInitializer($"c{_constants++}", values, values.Length);

    public string Scalar(long value) => Builder.AddInitializer($"c{_constants++}", [value]);

    public string Scalar(float value) => Builder.AddInitializer($"c{_constants++}", [value]);

    public string Apply(string op, params string[] inputs) => Builder.Apply(op, inputs);

    public string Times(string a, float b) => Apply("Mul", a, Scalar(b));

    public string Cast(string x, OnnxElementType to) => Builder.Apply("Cast", [x], [OnnxAttributeValue.Int("to", (long)to)]);

    public string Float(string x) => Cast(x, OnnxElementType.Float);

    public string Reshape(string x, params long[] shape) => Apply("Reshape", x, Numbers(shape));

    public string Unsqueeze(string x, params long[] axes) => Apply("Unsqueeze", x, Numbers(axes));

    public string Transpose(string x, params long[] order) => Builder.Apply("Transpose", [x], [OnnxAttributeValue.Ints("perm", order)]);

    public string Concat(long axis, params string[] all) => Builder.Apply("Concat", all, [OnnxAttributeValue.Int("axis", axis)]);

    /// <summary>From a place to the end; a negative place counts from the end.</summary>
    public string From(string x, long axis, long start) => Apply("Slice", x, Numbers(start), Numbers(long.MaxValue), Numbers(axis));

    public string[] Split(string x, long axis, params long[] sizes)
    {
        string[] parts = [.. sizes.Select((_, i) => $"{x}/{i}")];
        Builder.AddNode("Split", [x, Numbers(sizes)], parts, [OnnxAttributeValue.Int("axis", axis)]);
        return parts;
    }

    /// <summary>One size of a tensor, as a scalar.</summary>
    public string Size(string x, long axis) => Apply(
        "Squeeze", Builder.Apply("Shape", [x], [OnnxAttributeValue.Int("start", axis), OnnxAttributeValue.Int("end", axis + 1)]));

    public string Range(string from, string to) => Apply("Range", from, to, Scalar(1L));

    public string RmsNorm(string x, string name, long size)
    {
        var mean = Builder.Apply("ReduceMean", [Apply("Mul", x, x)], [OnnxAttributeValue.Ints("axes", -1)]);
        var normed = Apply("Div", x, Apply("Sqrt", Apply("Add", mean, Scalar(1e-6f))));
        return Apply("Mul", normed, Apply("Add", Weights(name, size), Scalar(1f)));
    }
}
