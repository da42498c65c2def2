using NeedleBench.Onnx.Graphs;
using NeedleBench.San.Checkpoints;

namespace NeedleBench.Onnx.San;

/// <summary>The pieces that encoder and decoder graphs are made of, in the forms that ONNX Runtime runs fastest.</summary>
sealed class SanGraph
{
    readonly Dictionary<string, string> _shapes = new(StringComparer.Ordinal);
    readonly string _two;
    readonly string _epsilon;

    public SanGraph(string name, SanConfig config, SanLinearForm linear)
    {
        Builder = new OnnxGraphBuilder(name);
        Config = config;
        Linear = linear;
        _two = Builder.AddInitializer("two", [2f]);
        _epsilon = Builder.AddInitializer("norm_epsilon", [config.NormEpsilon]);
    }

    public OnnxGraphBuilder Builder { get; }

    public SanConfig Config { get; }

    /// <summary>How matrices are held.</summary>
    public SanLinearForm Linear { get; }

    /// <summary>
    /// (1 + γ) · factor · x / sqrt(mean(x²) + ε) over the last dimension: six standard operators, which ONNX Runtime fuses into one
    /// when it opens the model.
    /// </summary>
    public string Norm(string x, string name, float[] gamma, float factor = 1f)
    {
        var scale = Builder.AddInitializer(name, [.. gamma.Select(g => (1f + g) * factor)], gamma.Length);
        var squares = Builder.Apply("Pow", [x, _two]);
        var mean = Builder.Apply("ReduceMean", [squares], [OnnxAttributeValue.Ints("axes", -1), OnnxAttributeValue.Int("keepdims", 1)]);
        var root = Builder.Apply("Sqrt", [Builder.Apply("Add", [mean, _epsilon])]);
        return Builder.Apply("Mul", [Builder.Apply("Div", [x, root]), scale]);
    }

    /// <summary>The norm of queries before attention, with the scores' 1/sqrt(head size) folded in.</summary>
    public string QueryNorm(string x, string name, float[] gamma) => Norm(x, name, gamma, 1f / MathF.Sqrt(Config.HeadSize));

    /// <param name="sizes">As Reshape reads them: 0 keeps a size, -1 is what is left.</param>
    public string Reshape(string x, params ReadOnlySpan<long> sizes)
    {
        var key = $"shape_{string.Join('_', sizes.ToArray())}";
        if (!_shapes.TryGetValue(key, out var shape))
        {
            _shapes.Add(key, shape = Builder.AddInitializer(key, sizes, sizes.Length));
        }

        return Builder.Apply("Reshape", [x, shape]);
    }

    public string Transpose(string x, params ReadOnlySpan<long> order) =>
        Builder.Apply("Transpose", [x], [OnnxAttributeValue.Ints("perm", order)]);

    /// <summary>Cuts the last dimension of a [1, rows, sum of widths].</summary>
    public string[] Split(string x, params ReadOnlySpan<long> widths)
    {
        var key = $"widths_{string.Join('_', widths.ToArray())}";
        if (!_shapes.TryGetValue(key, out var sizes))
        {
            _shapes.Add(key, sizes = Builder.AddInitializer(key, widths, widths.Length));
        }

        var parts = new string[widths.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = $"{x}_part{i}";
        }

        Builder.AddNode("Split", [x, sizes], parts, [OnnxAttributeValue.Int("axis", 2)]);
        return parts;
    }

    /// <summary>Cosines and sines of the rotary embedding, [positions, head size / 2] each.</summary>
    public (string Cosines, string Sines) RotaryTables(int positions)
    {
        var half = Config.HeadSize / 2;
        var cosines = new float[positions * half];
        var sines = new float[positions * half];
        for (var i = 0; i < half; i++)
        {
            var frequency = Math.Pow(Config.RopeTheta, -2.0 * i / Config.HeadSize);
            for (var position = 0; position < positions; position++)
            {
                var (sine, cosine) = Math.SinCos(position * frequency);
                cosines[(position * half) + i] = (float)cosine;
                sines[(position * half) + i] = (float)sine;
            }
        }

        return (Builder.AddInitializer("rotary_cosines", cosines, positions, half), Builder.AddInitializer("rotary_sines", sines, positions, half));
    }

    /// <summary>
    /// Softmax(q · k) · v, where the query heads of one key/value head stand beneath each other, so that keys and values are not
    /// repeated for them.
    /// </summary>
    /// <param name="query">[1, query heads, rows, head size], scaled.</param>
    /// <param name="keys">[1, key/value heads, head size, positions].</param>
    /// <param name="values">[1, key/value heads, positions, head size].</param>
    /// <returns>[1, rows, query heads · head size].</returns>
    public string Attend(string query, string keys, string values)
    {
        var grouped = Reshape(query, 1, Config.KeyValueHeads, -1, Config.HeadSize);
        var weights = Builder.Apply("Softmax", [Builder.Apply("MatMul", [grouped, keys])], [OnnxAttributeValue.Int("axis", -1)]);
        var mixed = Reshape(Builder.Apply("MatMul", [weights, values]), 1, Config.Heads, -1, Config.HeadSize);
        return Reshape(Transpose(mixed, 0, 2, 1, 3), 0, 0, Config.Heads * Config.HeadSize);
    }

    /// <summary>[1, rows, heads · head size] as [1, rows, heads, head size].</summary>
    public string Heads(string x, int heads) => Reshape(x, 0, 0, heads, Config.HeadSize);

    /// <summary>The residual stream after a gated branch.</summary>
    public string Residual(string stream, string mixed, string name, AttentionWeights weights, float gate)
    {
        var sigmoid = 1f / (1f + MathF.Exp(-gate));
        var projected = Linear.Multiply(this, mixed, name, weights.Output, Config.HiddenSize, Config.Heads * Config.HeadSize, sigmoid);
        return Builder.Apply("Add", [stream, projected]);
    }

    /// <summary>Embedding rows times sqrt(d), [1, rows, d].</summary>
    public string LookUp(string ids, float[] embedding)
    {
        var rows = Linear.LookUp(this, ids, embedding);
        return Builder.Apply("Mul", [rows, Builder.AddInitializer("embedding_scale", [MathF.Sqrt(Config.HiddenSize)])]);
    }
}
