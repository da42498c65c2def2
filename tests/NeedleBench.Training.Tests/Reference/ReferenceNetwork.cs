using NeedleBench.San.Checkpoints;
using NeedleBench.Training.Network;

namespace NeedleBench.Training.Tests.Reference;

/// <summary>The Simple Attention Network in doubles, written from its formulas; gradients come from the tape alone.</summary>
sealed class ReferenceNetwork
{
    readonly SanConfig _config;
    readonly Tape _tape = new();

    /// <param name="config">The sizes.</param>
    /// <param name="tensors">Every tensor by its name in the checkpoint, row-major; matrices are [out, in].</param>
    public ReferenceNetwork(SanConfig config, IReadOnlyDictionary<string, (int[] Shape, double[] Values)> tensors)
    {
        _config = config;
        Weights = tensors.ToDictionary(
            t => t.Key,
            t => new Variable(t.Value.Shape.Length == 1 ? 1 : t.Value.Shape[0], t.Value.Shape[^1], t.Value.Values),
            StringComparer.Ordinal);
    }

    /// <summary>By name; after <see cref="Differentiate"/> with their gradients.</summary>
    public IReadOnlyDictionary<string, Variable> Weights { get; }

    /// <summary>Weighted mean over all targets of cross-entropy plus z-loss; leaves its gradient in <see cref="Weights"/>.</summary>
    public double Differentiate(IReadOnlyList<TrainingExample> examples, double zLoss)
    {
        var total = new Variable(1, 1, [0]);
        foreach (var example in examples)
        {
            var logits = Decode(example.DecoderInput, Encode(example.Encoder));

            // logits of a network that is worth training stay far below the 700 at which exp overflows.
            var logZ = _tape.Map(_tape.RowSums(Exponential(logits)), Math.Log, (v, _) => 1 / v);
            var loss = _tape.Add(logZ, _tape.Times(_tape.OneOfEachRow(logits, example.Targets), -1));
            loss = _tape.Add(loss, _tape.Times(Square(logZ), zLoss));
            var weights = new Variable(1, example.Weights.Length, [.. example.Weights.Select(w => (double)w)]);
            total = _tape.Add(total, _tape.Product(weights, loss));
        }

        total = _tape.Times(total, 1 / examples.Sum(e => e.Weights.Sum(w => (double)w)));
        _tape.Backward(total);
        return total.Values[0];
    }

    /// <summary>[tokens, d].</summary>
    public Variable Encode(int[] ids)
    {
        var x = Embed(ids);
        for (var layer = 0; layer < _config.EncoderLayers; layer++)
        {
            var name = FormattableString.Invariant($"model.encoder.layers.{layer}");
            var normed = Norm(x, Weights[$"{name}.input_layernorm.weight"]);
            x = AddGated(x, Weights[$"{name}.attn_gate"], Attention($"{name}.self_attn", normed, normed, isSelf: true, isCausal: false));
        }

        return Norm(x, Weights["model.encoder.final_norm.weight"]);
    }

    /// <summary>Logits, [tokens, vocabulary].</summary>
    public Variable Decode(int[] ids, Variable encoded)
    {
        var x = Embed(ids);
        for (var layer = 0; layer < _config.DecoderLayers; layer++)
        {
            var name = FormattableString.Invariant($"model.decoder.layers.{layer}");
            var normed = Norm(x, Weights[$"{name}.input_layernorm.weight"]);
            x = AddGated(x, Weights[$"{name}.self_attn_gate"], Attention($"{name}.self_attn", normed, normed, isSelf: true, isCausal: true));
            normed = Norm(x, Weights[$"{name}.encoder_attn_layer_norm.weight"]);
            x = AddGated(x, Weights[$"{name}.cross_attn_gate"], Attention($"{name}.encoder_attn", normed, encoded, isSelf: false, isCausal: false));
        }

        return Linear(Norm(x, Weights["model.decoder.norm.weight"]), Weights["model.embed_tokens.weight"]);
    }

    Variable Embed(int[] ids) => _tape.Times(_tape.Rows(Weights["model.embed_tokens.weight"], ids), Math.Sqrt(_config.HiddenSize));

    // x + σ(gate) · y
    Variable AddGated(Variable x, Variable gate, Variable y) =>
        _tape.Add(x, _tape.Times(y, _tape.Map(gate, v => 1 / (1 + Math.Exp(-v)), (_, s) => s * (1 - s))));

    // Key/value head j serves the query heads j·group … j·group + group − 1.
    Variable Attention(string name, Variable target, Variable source, bool isSelf, bool isCausal)
    {
        var size = _config.HiddenSize / _config.Heads;
        var group = _config.Heads / _config.KeyValueHeads;
        var q = Linear(target, Weights[$"{name}.q_proj.weight"]);
        var k = Linear(source, Weights[$"{name}.k_proj.weight"]);
        var v = Linear(source, Weights[$"{name}.v_proj.weight"]);
        var heads = Enumerable.Range(0, _config.Heads).Select(head =>
        {
            var query = Norm(_tape.Columns(q, head * size, size), Weights[$"{name}.q_norm.weight"]);
            var key = Norm(_tape.Columns(k, head / group * size, size), Weights[$"{name}.k_norm.weight"]);
            if (isSelf)
            {
                (query, key) = (Rotate(query), Rotate(key));
            }

            var scores = _tape.Times(_tape.Product(query, _tape.Transpose(key)), 1 / Math.Sqrt(size));
            return _tape.Product(Softmax(scores, isCausal), _tape.Columns(v, head / group * size, size));
        });
        return Linear(_tape.Concatenate([.. heads]), Weights[$"{name}.out_proj.weight"]);
    }

    // Scores of normed queries and keys are small: no maximum needs to be taken off.
    Variable Softmax(Variable scores, bool isCausal)
    {
        var powers = Exponential(scores);
        if (isCausal)
        {
            powers = _tape.Times(powers, Constant(scores.Rows, scores.Columns, (row, column) => column <= row ? 1 : 0));
        }

        return _tape.Times(powers, _tape.Map(_tape.RowSums(powers), v => 1 / v, (_, y) => -y * y));
    }

    // Half-split rotation by position · theta^(−2i/size): the first half of a head is turned with the second.
    Variable Rotate(Variable x)
    {
        var half = x.Columns / 2;
        double Angle(int position, int i) => position * Math.Pow(_config.RopeTheta, -2.0 * i / x.Columns);
        var cosine = Constant(x.Rows, half, (row, i) => Math.Cos(Angle(row, i)));
        var sine = Constant(x.Rows, half, (row, i) => Math.Sin(Angle(row, i)));
        var (a, b) = (_tape.Columns(x, 0, half), _tape.Columns(x, half, half));
        return _tape.Concatenate(
            _tape.Add(_tape.Times(a, cosine), _tape.Times(_tape.Times(b, sine), -1)),
            _tape.Add(_tape.Times(b, cosine), _tape.Times(a, sine)));
    }

    // (1 + γ) · x / sqrt(mean(x²) + ε)
    Variable Norm(Variable x, Variable gamma)
    {
        var epsilon = (double)_config.NormEpsilon;
        var meanSquare = _tape.Times(_tape.RowSums(Square(x)), 1.0 / x.Columns);
        var reciprocal = _tape.Map(meanSquare, v => 1 / Math.Sqrt(v + epsilon), (_, y) => -y * y * y / 2);
        return _tape.Times(_tape.Times(x, reciprocal), _tape.Add(gamma, new Variable(1, 1, [1])));
    }

    Variable Linear(Variable x, Variable weights) => _tape.Product(x, _tape.Transpose(weights));

    Variable Square(Variable x) => _tape.Map(x, v => v * v, (v, _) => 2 * v);

    Variable Exponential(Variable x) => _tape.Map(x, Math.Exp, (_, y) => y);

    static Variable Constant(int rows, int columns, Func<int, int, double> value)
    {
        var values = Enumerable.Range(0, rows * columns).Select(i => value(i / columns, i % columns));
        return new Variable(rows, columns, [.. values]);
    }
}
