using NeedleBench.Training.Optimisers;

namespace NeedleBench.Training.Tests.Reference;

/// <summary>
/// AdamW (Loshchilov and Hutter, 2019) and Muon (Jordan, 2024) in doubles, plain loops over plain arrays: attention projections
/// go by Muon, everything else by AdamW; norms and gates are not decayed.
/// </summary>
sealed class ReferenceOptimiser(OptimiserOptions options)
{
    readonly Dictionary<string, (double[] First, double[] Second)> _state = new(StringComparer.Ordinal);

    /// <summary>Moves the weights in place.</summary>
    /// <param name="weights">With their gradients.</param>
    /// <param name="step">1-based.</param>
    /// <param name="factor">Of the learning rates.</param>
    public void Step(IReadOnlyDictionary<string, Variable> weights, int step, double factor)
    {
        var norm = Math.Sqrt(weights.Values.Sum(w => w.Gradient.Sum(g => g * g)));
        var clip = Math.Min(1, options.ClipNorm / norm);
        foreach (var (name, weight) in weights)
        {
            if (!_state.TryGetValue(name, out var state))
            {
                _state[name] = state = (new double[weight.Values.Length], new double[weight.Values.Length]);
            }

            var gradient = weight.Gradient.Select(g => g * clip).ToArray();
            if (name.EndsWith("_proj.weight", StringComparison.Ordinal))
            {
                Muon(weight, gradient, state.First, factor * options.MuonRate);
            }
            else
            {
                var isDecayed = name == "model.embed_tokens.weight";
                AdamW(weight.Values, gradient, state, step, factor * options.AdamRate, isDecayed ? options.WeightDecay : 0);
            }
        }
    }

    void AdamW(double[] weights, double[] gradient, (double[] First, double[] Second) state, int step, double rate, double decay)
    {
        var (beta1, beta2) = ((double)options.Beta1, (double)options.Beta2);
        for (var i = 0; i < weights.Length; i++)
        {
            state.First[i] = (beta1 * state.First[i]) + ((1 - beta1) * gradient[i]);
            state.Second[i] = (beta2 * state.Second[i]) + ((1 - beta2) * gradient[i] * gradient[i]);
            var first = state.First[i] / (1 - Math.Pow(beta1, step));
            var second = state.Second[i] / (1 - Math.Pow(beta2, step));
            weights[i] -= rate * ((first / (Math.Sqrt(second) + options.Epsilon)) + (decay * weights[i]));
        }
    }

    void Muon(Variable weight, double[] gradient, double[] momentum, double rate)
    {
        for (var i = 0; i < gradient.Length; i++)
        {
            momentum[i] = (options.MuonMomentum * momentum[i]) + gradient[i];
            gradient[i] += options.MuonMomentum * momentum[i];
        }

        var update = Orthogonalise(gradient, weight.Rows, weight.Columns);
        var scale = Math.Sqrt(Math.Max(1, (double)weight.Rows / weight.Columns));
        for (var i = 0; i < update.Length; i++)
        {
            weight.Values[i] -= rate * ((scale * update[i]) + (options.WeightDecay * weight.Values[i]));
        }
    }

    // X ← aX + (bA + cA²)X with A = XXᵀ, five times, from X / ‖X‖ (Frobenius). The published iteration turns tall matrices over
    // to make A small; the result is the same, because (XXᵀ)X = X(XᵀX).
    static double[] Orthogonalise(double[] matrix, int rows, int columns)
    {
        const double A = 3.4445;
        const double B = -4.7750;
        const double C = 2.0315;
        var norm = Math.Sqrt(matrix.Sum(v => v * v));
        var x = matrix.Select(v => v / (norm + 1e-7)).ToArray();
        for (var step = 0; step < 5; step++)
        {
            var gram = Product(x, Transposed(x, rows, columns), rows, columns, rows);
            var square = Product(gram, gram, rows, rows, rows);
            var polynomial = gram.Zip(square, (g, s) => (B * g) + (C * s)).ToArray();
            x = [.. x.Zip(Product(polynomial, x, rows, rows, columns), (v, p) => (A * v) + p)];
        }

        return x;
    }

    static double[] Product(double[] a, double[] b, int m, int k, int n)
    {
        var y = new double[m * n];
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < k; j++)
            {
                for (var l = 0; l < n; l++)
                {
                    y[(i * n) + l] += a[(i * k) + j] * b[(j * n) + l];
                }
            }
        }

        return y;
    }

    static double[] Transposed(double[] x, int rows, int columns) =>
        [.. Enumerable.Range(0, x.Length).Select(i => x[(i % rows * columns) + (i / rows)])];
}
