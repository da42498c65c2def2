using System.Diagnostics;
using NeedleBench.San.Checkpoints;
using NeedleBench.San.Kernels;
using NeedleBench.Training.Network;
using NeedleBench.Training.Optimisers;

namespace NeedleBench.Training.Trainer;

/// <summary>
/// Trains a SAN: one batch a step, from any checkpoint. What it has come to is its weights, its optimiser's state and the
/// number of steps; <see cref="Save"/> and <see cref="Resume"/> keep all three, bit for bit.
/// </summary>
public sealed class SanTrainer : IDisposable
{
    readonly TrainerOptions _options;
    readonly WorkerPool _pool;
    readonly NetworkParameters _network;
    readonly BatchGradient _gradient;
    readonly Optimiser _optimiser;
    readonly float[] _kept;

    public SanTrainer(SanWeights start, TrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(start);
        _options = options;
        _pool = new WorkerPool(options.Threads);
        _network = new NetworkParameters(new ParameterLayout(start.Config, start.Retrieval is not null));
        _network.Layout.Read(start, _network.Values);
        _network.Pack();
        _gradient = new BatchGradient(_network, _pool);
        _optimiser = new Optimiser(_network, options.Optimiser, _pool);
        _kept = new float[options.Int4NoiseEvery > 0 ? _network.Layout.Length : 0];
    }

    /// <summary>Steps done.</summary>
    public int StepsDone { get; private set; }

    /// <summary>The weights as they stand.</summary>
    public SanWeights Weights => _network.Layout.ToWeights(_network.Values);

    /// <summary>One step on a batch.</summary>
    public StepReport Step(IReadOnlyList<TrainingExample> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var started = Stopwatch.GetTimestamp();
        var loss = WithNoise(StepsDone, () => _gradient.Compute(batch, _options.Loss));
        var rate = _options.Schedule.At(StepsDone);
        var norm = _optimiser.Step(_gradient.Gradient, StepsDone, rate);
        if (!float.IsFinite(norm))
        {
            throw new InvalidOperationException($"The gradient of step {StepsDone} is not finite: lower the learning rate.");
        }

        return new StepReport(
            StepsDone++, loss.Mean, loss.Targets == 0 ? 0 : (double)loss.Correct / loss.Targets, loss.Pairs == 0 ? 0 : loss.Contrastive / loss.Pairs, norm, rate,
            batch.Sum(e => e.Tokens), Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>Loss and accuracy on examples that nothing is learnt from.</summary>
    public ExampleLoss Evaluate(IReadOnlyList<TrainingExample> examples) => _gradient.Evaluate(examples, _options.Loss);

    /// <summary>Writes the checkpoint and the optimiser's state; a folder that stands there is replaced whole.</summary>
    public void Save(string folder) => TrainingState.Save(folder, Weights, StepsDone, _optimiser.FirstMoment, _optimiser.SecondMoment);

    /// <summary>Takes up what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InputException">It is missing, damaged or of another network.</exception>
    public void Resume(string folder)
    {
        var (weights, steps) = TrainingState.Load(folder, _network.Layout, _optimiser.FirstMoment, _optimiser.SecondMoment);
        _network.Layout.Read(weights, _network.Values);
        _network.Pack();
        StepsDone = steps;
    }

    public void Dispose()
    {
        _gradient.Dispose();
        _optimiser.Dispose();
        _network.Dispose();
        _pool.Dispose();
    }

    // Straight through: products run on rounded weights, the step is taken on the weights themselves.
    ExampleLoss WithNoise(int step, Func<ExampleLoss> compute)
    {
        if (_options.Int4NoiseEvery == 0 || step % _options.Int4NoiseEvery != 0)
        {
            return compute();
        }

        _network.Values.CopyTo(_kept);
        Int4Noise.Apply(_network.Layout, _network.Values);
        _network.Pack();
        var loss = compute();
        _kept.CopyTo(_network.Values);
        return loss;
    }
}
