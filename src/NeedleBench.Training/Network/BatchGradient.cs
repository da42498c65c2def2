using System.Numerics.Tensors;
using NeedleBench.San.Kernels;

namespace NeedleBench.Training.Network;

/// <summary>
/// Mean loss of a batch and its gradient, examples shared out over threads. Which thread takes which example, and the order
/// of all sums, depend on the batch and the number of threads alone: the same seed trains the same bits.
/// </summary>
sealed unsafe class BatchGradient : IDisposable
{
    readonly WorkerPool _pool;
    readonly ExampleGradient[] _examples;
    readonly FloatBuffer[] _gradients;
    readonly ExampleLoss[] _losses;
    readonly List<TrainingExample>[] _shares;
    readonly BatchRetrieval? _retrieval;

    public BatchGradient(NetworkParameters network, WorkerPool pool)
    {
        _pool = pool;
        _examples = [.. Enumerable.Range(0, pool.Threads).Select(_ => new ExampleGradient(network))];
        _gradients = [.. Enumerable.Range(0, pool.Threads).Select(_ => new FloatBuffer(network.Layout.Length))];
        _losses = new ExampleLoss[pool.Threads];
        _shares = [.. Enumerable.Range(0, pool.Threads).Select(_ => new List<TrainingExample>())];
        _retrieval = network.Layout.HasRetrieval ? new BatchRetrieval([.. _examples.Select(e => e.Retrieval!)], pool) : null;
    }

    /// <summary>The gradient of the last batch, [parameters].</summary>
    public Span<float> Gradient => _gradients[0].Span;

    /// <summary>Computes loss and gradient.</summary>
    public ExampleLoss Compute(IReadOnlyList<TrainingExample> batch, LossOptions options)
    {
        Share(batch);
        var weight = batch.Sum(e => e.Weights.Sum(w => (double)w));
        var job = new Job(this, options, weight > 0 ? (float)(1 / weight) : 0);
        _pool.Run(ref job, _shares.Length);
        var contrastive = _retrieval is not null && options.Retrieval > 0 ? _retrieval.Add(batch, options.Retrieval, _gradients) : default;
        for (var worker = 1; worker < _gradients.Length; worker++)
        {
            TensorPrimitives.Add(Gradient, _gradients[worker].Span, Gradient);
        }

        return _losses.Aggregate(ExampleLoss.Add) + contrastive;
    }

    /// <summary>The loss alone, without the retrieval head's.</summary>
    public ExampleLoss Evaluate(IReadOnlyList<TrainingExample> batch, LossOptions options)
    {
        Share(batch);
        var job = new Job(this, options, scale: -1);
        _pool.Run(ref job, _shares.Length);
        return _losses.Aggregate(ExampleLoss.Add);
    }

    public void Dispose()
    {
        foreach (var example in _examples)
        {
            example.Dispose();
        }

        foreach (var gradient in _gradients)
        {
            gradient.Dispose();
        }
    }

    // The longest first, each to the thread that has least to do so far.
    void Share(IReadOnlyList<TrainingExample> batch)
    {
        var load = new long[_shares.Length];
        foreach (var share in _shares)
        {
            share.Clear();
        }

        foreach (var example in batch.Where(e => e.Targets.Length > 0).Select((e, i) => (Example: e, Index: i)).OrderByDescending(e => e.Example.Tokens).ThenBy(e => e.Index))
        {
            var least = Array.IndexOf(load, load.Min());
            _shares[least].Add(example.Example);
            load[least] += example.Example.Tokens;
        }
    }

    readonly struct Job(BatchGradient owner, LossOptions options, float scale) : IParallelJob
    {
        public void Run(int part, int worker)
        {
            var gradient = scale < 0 ? null : owner._gradients[part].Pointer;
            if (gradient is not null)
            {
                owner._gradients[part].Span.Clear();
            }

            var total = default(ExampleLoss);
            foreach (var example in owner._shares[part])
            {
                total += owner._examples[part].Compute(example, options, gradient, scale);
            }

            owner._losses[part] = total;
        }
    }
}
