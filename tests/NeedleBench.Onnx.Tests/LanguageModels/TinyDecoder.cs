using NeedleBench.Onnx.Graphs;

namespace NeedleBench.Onnx.Tests.LanguageModels;

/// <summary>
/// Decoders with random weights and the inputs and outputs that exports of their family have. With a script, a token for
/// each position, a decoder says what is written there instead of what its weights say.
/// </summary>
sealed class TinyDecoder
{
    const float Decay = 0.8f;
    readonly TinyFamily _family;
    readonly TinyGraph _g;
    readonly Dictionary<string, string> _past = [];
    string _bias = "";
    string _cos = "";
    string _sin = "";

    TinyDecoder(TinyFamily family, int seed) => (_family, _g) = (family, new TinyGraph(seed));

    /// <param name="family">Which.</param>
    /// <param name="vocabulary">How many logits there are.</param>
    /// <param name="script">By position, the token to say there.</param>
    /// <param name="seed">Of the weights.</param>
    public static OnnxGraphBuilder Build(TinyFamily family, int vocabulary, IReadOnlyDictionary<int, int>? script = null, int seed = 1) =>
        new TinyDecoder(family, seed).Build(vocabulary, script);

    OnnxGraphBuilder Build(int vocabulary, IReadOnlyDictionary<int, int>? script)
    {
        var b = _g.Builder;
        var ids = b.AddInput("input_ids", OnnxElementType.Int64, "batch_size", "sequence_length");
        var mask = b.AddInput("attention_mask", OnnxElementType.Int64, "batch_size", "total_sequence_length");
        var positionIds = _family.HasPositionIds ? b.AddInput("position_ids", OnnxElementType.Int64, "batch_size", "sequence_length") : null;
        foreach (var (past, _, shape) in _family.Caches)
        {
            _past[past] = b.AddInput(past, _family.CacheType, Dimensions(past, shape, "past_sequence_length"));
        }

        var keep = _family.HasLogitsToKeep ? b.AddInput("num_logits_to_keep", OnnxElementType.Int64) : null;
        var useCache = _family.HasUseCacheBranch ? b.AddInput("use_cache_branch", OnnxElementType.Bool, 1) : null;

        var total = _g.Size(mask, 1);
        var before = _g.Apply("Sub", total, _g.Size(ids, 1));
        var places = _g.Range(before, total);
        var positions = positionIds is null ? places : _g.Apply("Squeeze", positionIds, _g.Numbers(0));
        Bias(mask, places, total);
        Rotary(positions);
        var x = _g.Times(_g.Apply("Gather", _g.Weights("embedding", vocabulary, TinyFamily.Hidden), ids), 4 * _family.EmbeddingScale);
        for (var n = 0; n < _family.Layers.Count; n++)
        {
            x = Add(x, Mix(_g.RmsNorm(x, $"{n}.norm", TinyFamily.Hidden), n));
            x = Add(x, FeedForward(_g.RmsNorm(x, $"{n}.norm2", TinyFamily.Hidden), n));
        }

        if (keep is not null)
        {
            var start = _g.Apply("Neg", _g.Reshape(keep, 1));
            x = _g.Apply("Slice", x, start, _g.Numbers(long.MaxValue), _g.Numbers(1));
            positions = _g.Apply("Slice", positions, start, _g.Numbers(long.MaxValue), _g.Numbers(0));
        }

        var head = _g.Weights("head", TinyFamily.Hidden, vocabulary);
        var logits = _g.Times(_g.Apply("MatMul", _g.RmsNorm(x, "norm", TinyFamily.Hidden), head), _family.LogitsScale);
        if (script is not null)
        {
            logits = _g.Apply("Add", logits, Scripted(script, positions, vocabulary, useCache, before));
        }

        b.AddNode("Cast", [logits], ["logits"], [OnnxAttributeValue.Int("to", (long)_family.LogitsType)]);
        b.AddOutput("logits", _family.LogitsType, "batch_size", "num_logits", vocabulary);
        foreach (var (past, present, shape) in _family.Caches)
        {
            b.AddOutput(present, _family.CacheType, Dimensions(past, shape, "total_sequence_length"));
        }

        return b;
    }

    OnnxDimension[] Dimensions(string past, long[] shape, string length) => past.StartsWith("past_key_values", StringComparison.Ordinal)
        ? ["batch_size", shape[1], length, _family.HasFreeHeadSize ? "head_size" : shape[3]]
        : ["batch_size", .. shape[1..].Select(size => (OnnxDimension)size)];

    string Add(string x, string more) => _g.Apply("Add", x, _g.Times(more, _family.ResidualMultiplier));

    string Mix(string h, int n) => _family.Layers[n] switch
    {
        TinyLayer.Attention => Attention(h, n),
        TinyLayer.Convolution => Convolution(h, n),
        _ => Recurrence(h, n),
    };

    string FeedForward(string h, int n) => _g.Apply(
        "MatMul",
        _g.Apply("Relu", _g.Apply("MatMul", h, _g.Weights($"{n}.up", TinyFamily.Hidden, 24))),
        _g.Weights($"{n}.down", 24, TinyFamily.Hidden));

    // Causal, and only what the mask lets through: what is past counts in.
    void Bias(string mask, string places, string total)
    {
        var visible = _g.Apply("LessOrEqual", _g.Range(_g.Scalar(0L), total), _g.Unsqueeze(places, 1));
        var both = _g.Apply("And", visible, _g.Cast(mask, OnnxElementType.Bool));
        _bias = _g.Apply("Where", both, _g.Scalar(0f), _g.Scalar(-1e9f));
    }

    void Rotary(string positions)
    {
        var half = _family.HeadSize / 2;
        var frequencies = _g.Builder.AddInitializer(
            "frequencies", [.. Enumerable.Range(0, half).Select(i => (float)Math.Pow(100, -(double)i / half))], half);
        var angles = _g.Apply("Mul", _g.Unsqueeze(_g.Float(positions), 1), frequencies);
        angles = _g.Concat(1, angles, angles);
        (_cos, _sin) = (_g.Apply("Cos", angles), _g.Apply("Sin", angles));
    }

    string Rotate(string x)
    {
        var half = _family.HeadSize / 2;
        var parts = _g.Split(x, -1, half, half);
        return _g.Apply("Add", _g.Apply("Mul", x, _cos), _g.Apply("Mul", _g.Concat(-1, _g.Apply("Neg", parts[1]), parts[0]), _sin));
    }

    string Attention(string h, int n)
    {
        var (heads, size, groups) = (_family.KeyValueHeads, _family.HeadSize, _family.Heads / _family.KeyValueHeads);
        var q = _g.Transpose(_g.Reshape(Project("q", heads * groups), 1, -1, heads, groups, size), 0, 2, 3, 1, 4);
        var k = _g.Transpose(_g.Reshape(Project("k", heads), 1, -1, heads, size), 0, 2, 1, 3);
        var v = _g.Transpose(_g.Reshape(Project("v", heads), 1, -1, heads, size), 0, 2, 1, 3);
        if (_family.HasHeadNorms)
        {
            (q, k) = (_g.RmsNorm(q, $"{n}.q_norm", size), _g.RmsNorm(k, $"{n}.k_norm", size));
        }

        var keys = Remember(Rotate(k), $"past_key_values.{n}.key", $"present.{n}.key");
        var values = Remember(v, $"past_key_values.{n}.value", $"present.{n}.value");
        var scores = _g.Times(_g.Apply("MatMul", Rotate(q), _g.Transpose(_g.Unsqueeze(keys, 2), 0, 1, 2, 4, 3)), 1 / MathF.Sqrt(size));
        var weights = _g.Builder.Apply("Softmax", [_g.Apply("Add", scores, _bias)], [OnnxAttributeValue.Int("axis", -1)]);
        var mixed = _g.Transpose(_g.Apply("MatMul", weights, _g.Unsqueeze(values, 2)), 0, 3, 1, 2, 4);
        return _g.Apply(
            "MatMul", _g.Reshape(mixed, 1, -1, _family.Heads * size), _g.Weights($"{n}.o", _family.Heads * size, TinyFamily.Hidden));

        string Project(string name, int count) => _g.Apply("MatMul", h, _g.Weights($"{n}.{name}", TinyFamily.Hidden, count * size));
    }

    // What the cache rounds is rounded for this pass, too, so that a pass over all positions sees what steps see.
    string Remember(string added, string past, string present)
    {
        _g.Builder.AddNode("Concat", [_past[past], _g.Cast(added, _family.CacheType)], [present], [OnnxAttributeValue.Int("axis", 2)]);
        return _g.Float(present);
    }

    string Convolution(string h, int n)
    {
        var size = TinyFamily.Hidden;
        var parts = _g.Split(_g.Apply("MatMul", h, _g.Weights($"{n}.in", size, 3 * size)), 2, size, size, size);
        var mixed = ShortConvolution(_g.Apply("Mul", parts[0], parts[2]), n, size, TinyFamily.ConvolutionState);
        return _g.Apply("MatMul", _g.Apply("Mul", parts[1], mixed), _g.Weights($"{n}.out", size, size));
    }

    /// <summary>Each channel over its last positions, the state's and then the new ones': [1, length, channels] both ways.</summary>
    string ShortConvolution(string x, int n, int channels, int state)
    {
        var all = _g.Concat(2, _past[$"past_conv.{n}"], _g.Cast(_g.Transpose(x, 0, 2, 1), _family.CacheType));
        _g.Builder.AddNode(
            "Slice", [all, _g.Numbers(-state), _g.Numbers(long.MaxValue), _g.Numbers(2)], [$"present_conv.{n}"]);
        var kernel = _g.Apply("Transpose", _g.Weights($"{n}.kernel", state, 1, channels));
        var mixed = _g.Builder.Apply("Conv", [_g.Float(all), kernel], [OnnxAttributeValue.Int("group", channels)]);
        return _g.Transpose(_g.From(mixed, 2, 1), 0, 2, 1);
    }

    /// <summary>state ← decay · state + x ⊗ b, and y = state · c, all positions at once.</summary>
    string Recurrence(string h, int n)
    {
        var (inner, state) = (TinyFamily.RecurrenceHeads * TinyFamily.RecurrenceHeadSize, TinyFamily.RecurrenceState);
        var channels = TinyFamily.RecurrenceChannels;
        var mixed = ShortConvolution(
            _g.Apply("MatMul", h, _g.Weights($"{n}.in", TinyFamily.Hidden, channels)), n, channels, TinyFamily.RecurrenceConvolutionState);
        var parts = _g.Split(mixed, 2, inner, state, state);
        var added = _g.Reshape(_g.Apply("Mul", _g.Unsqueeze(parts[0], 3), _g.Unsqueeze(parts[1], 2)), 1, -1, inner * state);

        var steps = _g.Float(_g.Range(_g.Scalar(0L), _g.Size(h, 1)));
        var ago = _g.Apply("Sub", _g.Unsqueeze(steps, 1), steps);
        var decays = _g.Apply("Where", _g.Apply("Less", ago, _g.Scalar(0f)), _g.Scalar(0f), _g.Apply("Pow", _g.Scalar(Decay), _g.Apply("Relu", ago)));
        var fromPast = _g.Apply(
            "Mul",
            _g.Unsqueeze(_g.Apply("Pow", _g.Scalar(Decay), _g.Apply("Add", steps, _g.Scalar(1f))), 1),
            _g.Reshape(_g.Float(_past[$"past_ssm.{n}"]), 1, 1, inner * state));
        var states = _g.Apply("Add", _g.Apply("MatMul", decays, added), fromPast);
        var last = _g.Reshape(_g.From(states, 1, -1), 1, TinyFamily.RecurrenceHeads, TinyFamily.RecurrenceHeadSize, state);
        _g.Builder.AddNode("Cast", [last], [$"present_ssm.{n}"], [OnnxAttributeValue.Int("to", (long)_family.CacheType)]);

        var products = _g.Apply("Mul", _g.Reshape(states, 1, -1, inner, state), _g.Unsqueeze(parts[2], 2));
        var y = _g.Apply("ReduceSum", products, _g.Numbers(3));
        return _g.Apply("MatMul", _g.Reshape(y, 1, -1, inner), _g.Weights($"{n}.out", inner, TinyFamily.Hidden));
    }

    string Scripted(IReadOnlyDictionary<int, int> script, string positions, int vocabulary, string? useCache, string before)
    {
        var table = new long[8192];
        foreach (var (position, token) in script)
        {
            table[position] = token;
        }

        var said = _g.Apply("Gather", _g.Builder.AddInitializer("script", table, table.Length), positions);
        var values = _g.Builder.AddInitializer("said", [0f, 10_000f], 2);
        var logits = _g.Apply("OneHot", said, _g.Scalar((long)vocabulary), values);
        if (useCache is null)
        {
            return logits;
        }

        // The switch must say what the cache holds.
        var isRight = _g.Apply("Equal", useCache, _g.Apply("Greater", before, _g.Scalar(0L)));
        return _g.Apply("Mul", logits, _g.Float(isRight));
    }
}
