using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
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
    readonly Parameter[] _order;

    public Optimiser(NetworkParameters network, OptimiserOptions options, WorkerPool pool)
    {
        _network = network;
        _options = options;
        _pool = pool;
        _first = new FloatBuffer(network.Layout.Length);
        _second = new FloatBuffer(network.Layout.Length);

        // The dearest first, so that no thread is left with one when the others are done.
        _order = [.. network.Layout.Parameters.OrderByDescending(Cost)];
        _arenas = [.. Enumerable.Range(0, pool.Threads).Select(_ => new Arena())];
    }

    /// <summary>Momentum, of both optimisers.</summary>
    public Span<float> FirstMoment => _first.Span;

    /// <summary>Second moment of AdamW; 0 for projections.</summary>
    public Span<float> SecondMoment => _second.Span;

    /// <summary>One step; packs the weights anew.</summary>
    /// <param name="gradient">[parameters], left as it is.</param>
    /// <param name="step">0-based: AdamW corrects its bias by it.</param>
    /// <param name="rate">The schedule's factor.</param>
    /// <returns>The gradient's norm before clipping.</returns>
    public float Step(Span<float> gradient, int step, float rate)
    {
        var norm = TensorPrimitives.Norm<float>(gradient);
        var clip = _options.ClipNorm > 0 && norm > _options.ClipNorm ? _options.ClipNorm / norm : 1f;
        fixed (float* pointer = gradient)
        {
            var job = new Job(this, pointer, clip, step, rate);
            _pool.Run(ref job, _order.Length);
        }

        _network.Pack(_pool);
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

    // Orthogonalising is by the cube of the side; all else by the elements.
    static long Cost(Parameter parameter) =>
        parameter.Kind == ParameterKind.Projection ? (long)parameter.Count * Math.Min(parameter.Shape[0], parameter.Shape[1]) : parameter.Count;

    void Move(Parameter parameter, float* gradient, float clip, int step, float rate, Arena arena)
    {
        if (parameter.Kind == ParameterKind.Projection)
        {
            Muon(parameter, gradient + parameter.Offset, clip, rate * _options.MuonRate, arena);
        }
        else
        {
            AdamW(parameter, gradient + parameter.Offset, clip, step, rate * _options.AdamRate);
        }
    }

    void Muon(Parameter parameter, float* gradient, float clip, float rate, Arena arena)
    {
        var mark = arena.Mark();
        var (rows, columns, count) = (parameter.Shape[0], parameter.Shape[1], parameter.Count);
        var momentum = _first.Pointer + parameter.Offset;
        var weights = new Span<float>(_network.Vector + parameter.Offset, count);
        var update = arena.Take(count);
        for (var i = 0; i < count; i += Vector256<float>.Count)
        {
            var g = Vector256.Load(gradient + i) * clip;
            var m = (Vector256.Load(momentum + i) * _options.MuonMomentum) + g;
            m.Store(momentum + i);
            (g + (m * _options.MuonMomentum)).Store(update + i);
        }

        NewtonSchulz.Orthogonalise(update, rows, columns, arena);
        var scale = rate * MathF.Sqrt(MathF.Max(1f, (float)rows / columns));
        TensorPrimitives.Multiply(weights, 1 - (rate * _options.WeightDecay), weights);
        TensorPrimitives.MultiplyAdd(new ReadOnlySpan<float>(update, count), -scale, weights, weights);
        arena.Release(mark);
    }

    void AdamW(Parameter parameter, float* gradient, float clip, int step, float rate)
    {
        var first = _first.Pointer + parameter.Offset;
        var second = _second.Pointer + parameter.Offset;
        var weights = _network.Vector + parameter.Offset;
        var correction1 = 1 / (1 - MathF.Pow(_options.Beta1, step + 1));
        var correction2 = 1 / (1 - MathF.Pow(_options.Beta2, step + 1));
        var decay = parameter.Kind is ParameterKind.Norm or ParameterKind.Gate ? 1f : 1 - (rate * _options.WeightDecay);

        // Whole vectors, over the gap behind a tensor too: it holds zeros in all four, and they stay.
        for (var i = 0; i < parameter.Count; i += Vector256<float>.Count)
        {
            var g = Vector256.Load(gradient + i) * clip;
            var m = (Vector256.Load(first + i) * _options.Beta1) + (g * (1 - _options.Beta1));
            var v = (Vector256.Load(second + i) * _options.Beta2) + (g * g * (1 - _options.Beta2));
            m.Store(first + i);
            v.Store(second + i);
            var root = Vector256.Sqrt(v * correction2) + Vector256.Create(_options.Epsilon);
            ((Vector256.Load(weights + i) * decay) - (m * (rate * correction1) / root)).Store(weights + i);
        }
    }

    readonly struct Job(Optimiser owner, float* gradient, float clip, int step, float rate) : IParallelJob
    {
        readonly float* _gradient = gradient;

        public void Run(int part, int worker) => owner.Move(owner._order[part], _gradient, clip, step, rate, owner._arenas[worker]);
    }
}
