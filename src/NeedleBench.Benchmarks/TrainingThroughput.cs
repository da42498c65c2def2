using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NeedleBench.San.Checkpoints;
using NeedleBench.San.Kernels;
using NeedleBench.Training;
using NeedleBench.Training.Network;
using NeedleBench.Training.Optimisers;

namespace NeedleBench.Benchmarks;

/// <summary>Training speed at two shapes: examples and tokens a second, and the matrix products' share of the FMA peak measured beside it.</summary>
static unsafe class TrainingThroughput
{
    const int Batch = 32;
    const int Repeats = 7;

    public static int Run()
    {
        Report("nano", new SanConfig { HiddenSize = 128, Heads = 4, KeyValueHeads = 2, EncoderLayers = 4, DecoderLayers = 3, VocabularySize = 4096 });
        Report("mini", new SanConfig { HiddenSize = 256, Heads = 8, KeyValueHeads = 4, EncoderLayers = 4, DecoderLayers = 4, VocabularySize = 4096 });
        return 0;
    }

    static void Report(string name, SanConfig config)
    {
        using var pool = new WorkerPool(Environment.ProcessorCount);
        using var network = new NetworkParameters(new ParameterLayout(config, retrieval: false));
        network.Layout.Read(NetworkInitialiser.Create(config, retrieval: false, seed: 1), network.Values);
        network.Pack();
        using var gradient = new BatchGradient(network, pool);
        using var optimiser = new Optimiser(network, new OptimiserOptions(), pool);
        var batch = Examples(config.VocabularySize);
        var seconds = new List<double>();
        for (var i = 0; i < Repeats + 2; i++)
        {
            var started = Stopwatch.GetTimestamp();
            gradient.Compute(batch, new LossOptions());
            optimiser.Step(gradient.Gradient, i, 0.01f);
            seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        var median = Median([.. seconds.Skip(2)]);
        var peak = Median([.. Enumerable.Range(0, Repeats).Select(_ => FmaPeak(pool))]);
        var flops = batch.Sum(e => Flops(config, e.Encoder.Length, e.DecoderInput.Length));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {network.Layout.Parameters.Sum(p => p.Count):N0} parameters, {Batch / median:F1} examples/s, {batch.Sum(e => e.Tokens) / median:F0} tokens/s, "
            + $"{flops / median / 1e9:F1} GFLOP/s in matrix products of a peak of {peak / 1e9:F1} ({flops / median / peak * 100:F0} %), {pool.Threads} threads, median of {Repeats} steps of {Batch}"));
    }

    // Products of forward and backward: 3 times 2·m·n·k each, attention included; everything else counts as overhead.
    static double Flops(SanConfig c, int t, int s)
    {
        double Projections(double rows, double positions) =>
            (rows * c.HiddenSize * c.HiddenSize * 2) + (positions * c.HiddenSize * c.KeyValueSize * 2);
        double Attention(double rows, double positions) => 2 * rows * positions * c.HiddenSize;
        var encoder = c.EncoderLayers * (Projections(t, t) + Attention(t, t));
        var decoder = c.DecoderLayers * (Projections(s, s) + Attention(s, s) + Projections(s, t) + Attention(s, t));
        return 3 * 2 * (encoder + decoder + ((double)s * c.HiddenSize * c.VocabularySize));
    }

    // Lengths as the corpus has them: prompts of 60 to 600 tokens, answers of 10 to 50.
    static List<TrainingExample> Examples(int vocabulary)
    {
        var random = new SeededRandom(7);
        return [.. Enumerable.Range(0, Batch).Select(_ =>
        {
            var (t, s) = (60 + random.Below(540), 10 + random.Below(40));
            int[] Ids(int n) => [.. Enumerable.Range(0, n).Select(_ => 6 + random.Below(vocabulary - 6))];
            return new TrainingExample(Ids(t), Ids(s), Ids(s), [.. Enumerable.Repeat(1f, s)]);
        })];
    }

    static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    static double FmaPeak(WorkerPool pool)
    {
        const int Iterations = 4_000_000;
        var job = default(PeakJob);
        var started = Stopwatch.GetTimestamp();
        pool.Run(ref job, pool.Threads);
        return pool.Threads * Iterations * 12.0 * 8 * 2 / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    readonly struct PeakJob : IParallelJob
    {
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public void Run(int part, int worker)
        {
            Vector256<float> a = Vector256.Create(0.999f), b = Vector256.Create(1e-6f);
            Vector256<float> c0 = a, c1 = a, c2 = a, c3 = a, c4 = a, c5 = a, c6 = a, c7 = a, c8 = a, c9 = a, c10 = a, c11 = a;
            for (var i = 0; i < 4_000_000; i++)
            {
                c0 = Vector256.FusedMultiplyAdd(c0, a, b);
                c1 = Vector256.FusedMultiplyAdd(c1, a, b);
                c2 = Vector256.FusedMultiplyAdd(c2, a, b);
                c3 = Vector256.FusedMultiplyAdd(c3, a, b);
                c4 = Vector256.FusedMultiplyAdd(c4, a, b);
                c5 = Vector256.FusedMultiplyAdd(c5, a, b);
                c6 = Vector256.FusedMultiplyAdd(c6, a, b);
                c7 = Vector256.FusedMultiplyAdd(c7, a, b);
                c8 = Vector256.FusedMultiplyAdd(c8, a, b);
                c9 = Vector256.FusedMultiplyAdd(c9, a, b);
                c10 = Vector256.FusedMultiplyAdd(c10, a, b);
                c11 = Vector256.FusedMultiplyAdd(c11, a, b);
            }

            if (Vector256.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11) == 42)
            {
                Console.WriteLine(); // keeps the sums alive
            }
        }
    }
}
