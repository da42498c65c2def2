using System.Numerics.Tensors;
using NeedleBench.San.Kernels;
using NeedleBench.Training.Kernels;
using NeedleBench.Training.Network;

namespace NeedleBench.Training.Optimisers;

/// <summary>
/// Moves the weights along a gradient: projections by Muon (Nesterov momentum, orthogonalised, scaled by
/// sqrt(max(1, out/in))), everything else by AdamW (Loshchilov and Hutter, 2019). Its state is two flat vectors.
/// </summary>
sealed unsafe class Optimiser : IDisposable
{
    readonly NetworkParameters _network;
    readonly OptimiserOptions _options;
    readonly WorkerPool _pool;
    readonly FloatBuffer _first;
    readonly FloatBuffer _second;
    readonly Arena[] _arenas;

    public Optimiser(NetworkParameters network, OptimiserOptions options, WorkerPool pool)
    {
        _network = network;
        _options = options;
        _pool = pool;
        _first = new FloatBuffer(network.Layout.Length);
        _second = new FloatBuffer(network.Layout.Length);
        _arenas = [.. Enumerable.Range(0, pool.Threads).Select(_ => new Arena())];
    }

    /// <summary>Momentum, of both optimisers.</summary>
    public Span<float> FirstMoment => _first.Span;

    /// <summary>Second moment of AdamW; 0 for projections.</summary>
    public Span<float> SecondMoment => _second.Span;

    /// <summary>One step; packs the weights anew.</summary>
    /// <param name="gradient">[parameters]; scaled in place where it is clipped.</param>
    /// <param name="step">0-based: AdamW corrects its bias by it.</param>
    /// <param name="rate">The schedule's factor.</param>
    /// <returns>The gradient's norm before clipping.</returns>
    public float Step(Span<float> gradient, int step, float rate)
    {
        var norm = TensorPrimitives.Norm<float>(gradient);
        if (_options.ClipNorm > 0 && norm > _options.ClipNorm)
        {
            TensorPrimitives.Multiply(gradient, _options.ClipNorm / norm, gradient);
        }

        fixed (float* pointer = gradient)
        {
            var job = new Job(this, pointer, step, rate);
            _pool.Run(ref job, _network.Layout.Parameters.Count);
        }

        _network.Pack();
        return norm;
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        foreach (var arena in _arenas)
        {
            arena.Dispose();
        }
    }

    void Move(Parameter parameter, float* gradient, int step, float rate, Arena arena)
    {
        if (parameter.Kind == ParameterKind.Projection)
        {
            Muon(parameter, gradient + parameter.Offset, rate * _options.MuonRate, arena);
        }
        else
        {
            AdamW(parameter, gradient + parameter.Offset, step, rate * _options.AdamRate);
        }
    }

    void Muon(Parameter parameter, float* gradient, float rate, Arena arena)
    {
        var mark = arena.Mark();
        var (rows, columns, count) = (parameter.Shape[0], parameter.Shape[1], parameter.Count);
        var momentum = new Span<float>(_first.Pointer + parameter.Offset, count);
        var weights = new Span<float>(_network.Vector + parameter.Offset, count);
        var update = arena.Take(count);
        for (var i = 0; i < count; i++)
        {
            momentum[i] = (_options.MuonMomentum * momentum[i]) + gradient[i];
            update[i] = gradient[i] + (_options.MuonMomentum * momentum[i]);
        }

        NewtonSchulz.Orthogonalise(update, rows, columns, arena);
        var scale = rate * MathF.Sqrt(MathF.Max(1f, (float)rows / columns));
        TensorPrimitives.Multiply(weights, 1 - (rate * _options.WeightDecay), weights);
        TensorPrimitives.MultiplyAdd(new ReadOnlySpan<float>(update, count), -scale, weights, weights);
        arena.Release(mark);
    }

    void AdamW(Parameter parameter, float* gradient, int step, float rate)
    {
        var first = _first.Span;
        var second = _second.Span;
        var weights = _network.Values;
        var correction1 = 1 - MathF.Pow(_options.Beta1, step + 1);
        var correction2 = 1 - MathF.Pow(_options.Beta2, step + 1);
        var decay = parameter.Kind is ParameterKind.Norm or ParameterKind.Gate ? 1f : 1 - (rate * _options.WeightDecay);
        for (var i = 0; i < parameter.Count; i++)
        {
            var at = (int)parameter.Offset + i;
            first[at] = (_options.Beta1 * first[at]) + ((1 - _options.Beta1) * gradient[i]);
            second[at] = (_options.Beta2 * second[at]) + ((1 - _options.Beta2) * gradient[i] * gradient[i]);
            weights[at] = (weights[at] * decay)
                - (rate * (first[at] / correction1) / (MathF.Sqrt(second[at] / correction2) + _options.Epsilon));
        }
    }

    readonly struct Job(Optimiser owner, float* gradient, int step, float rate) : IParallelJob
    {
        readonly float* _gradient = gradient;

        public void Run(int part, int worker) => owner.Move(owner._network.Layout.Parameters[part], _gradient, step, rate, owner._arenas[worker]);
    }
}
