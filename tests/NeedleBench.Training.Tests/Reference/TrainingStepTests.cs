using System.Text.Json;
using NeedleBench.San.Checkpoints;
using NeedleBench.San.Kernels;
using NeedleBench.Training.Network;
using NeedleBench.Training.Optimisers;
using NeedleBench.Training.Trainer;

namespace NeedleBench.Training.Tests.Reference;

/// <summary>
/// The trainer in float32 against the same mathematics in float64, on a network whose activations are known: forward pass,
/// gradients and steps. The retrieval head is left out: no loss here reaches it.
/// </summary>
public class TrainingStepTests
{
    const double Tolerance = 1e-5;

    static readonly TrainingExample[] Examples =
    [
        new(
            [980, 17, 2044, 311, 5, 9, 30, 2100, 4049, 7, 7, 1021, 333, 11, 12, 13, 14, 2715, 16, 3917, 18, 40, 41],
            [1, 4, 20, 2022, 24, 980, 17, 3000], [4, 20, 2022, 24, 980, 17, 3000, 1], [1, 1, 2, 4, 1.5f, 0, 1, 1]),
        new([6, 5, 4095], [1, 4, 6], [4, 6, 1], [1, 3, 1]),
        new([700, 701, 702, 5, 703, 700, 704], [1, 4, 701, 703, 55], [4, 701, 703, 55, 1], [1, 1, 1, 1, 0.5f]),
    ];

    [SharedFact("golden/san-tiny")]
    public void The_reference_computes_the_known_activations()
    {
        var weights = Load();
        using var expected = JsonDocument.Parse(File.ReadAllBytes(RepositoryFiles.InShared("golden/san-tiny/expected.json")));
        var cases = expected.RootElement.GetProperty("cases").EnumerateArray().ToList();
        Assert.NotEmpty(cases);
        foreach (var one in cases)
        {
            var network = Reference(weights);

            // One token agrees to 1e-14. With more, the difference grows with the position, to 2e-7 at 200 tokens: the known
            // activations seem to have been made with angles of single precision.
            var tolerance = one.GetProperty("encoder_ids").GetArrayLength() == 1 ? 1e-12 : 1e-6;
            var encoded = network.Encode([.. one.GetProperty("encoder_ids").EnumerateArray().Select(v => v.GetInt32())]);
            var logits = network.Decode([.. one.GetProperty("decoder_ids").EnumerateArray().Select(v => v.GetInt32())], encoded);

            AssertEqual(Doubles(one, "encoder_output_first_row"), encoded.Values[..encoded.Columns], tolerance);
            AssertEqual(Doubles(one, "encoder_output_last_row"), encoded.Values[^encoded.Columns..], tolerance);
            AssertEqual([one.GetProperty("encoder_output_abs_sum").GetDouble()], [encoded.Values.Sum(Math.Abs)], tolerance);
            AssertEqual(Doubles(one, "last_logits_first_64"), logits.Values[^logits.Columns..][..64], tolerance);
            AssertEqual(Doubles(one, "logits_abs_sum_per_step"), [.. logits.Values.Chunk(logits.Columns).Select(row => row.Sum(Math.Abs))], tolerance);
        }

        static double[] Doubles(JsonElement one, string name) => [.. one.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];

        static void AssertEqual(double[] expected, double[] actual, double tolerance)
        {
            Assert.Equal(expected.Length, actual.Length);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance * Math.Max(1, Math.Abs(pair.First))));
        }
    }

    [SharedTheory("golden/san-tiny")]
    [InlineData(0f)]
    [InlineData(1e-2f)]
    public void The_gradient_of_every_parameter_equals_that_of_the_reference(float zLoss)
    {
        var weights = Load();
        var reference = Reference(weights);
        var expectedLoss = reference.Differentiate(Examples, zLoss);
        using var pool = new WorkerPool(1);
        using var network = new NetworkParameters(new ParameterLayout(weights.Config, retrieval: false));
        network.Layout.Read(weights, network.Values);
        network.Pack();
        using var batch = new BatchGradient(network, pool);
        var loss = batch.Compute(Examples, new LossOptions { ZLoss = zLoss });

        Assert.Equal(expectedLoss, loss.Mean, Tolerance * expectedLoss);
        Assert.Equal(reference.Weights.Keys.Order(StringComparer.Ordinal), network.Layout.Parameters.Select(p => p.Name).Order(StringComparer.Ordinal));

        // A gate is one number, a sum of tokens · d products that all but cancel: its rounding is that of the products, so
        // gates are measured together, as the vector that they could be.
        var largestGate = network.Layout.Parameters.Where(p => p.Kind == ParameterKind.Gate).Max(p => Math.Abs(reference.Weights[p.Name].Gradient[0]));
        foreach (var parameter in network.Layout.Parameters)
        {
            var expected = reference.Weights[parameter.Name].Gradient;
            var actual = batch.Gradient.Slice((int)parameter.Offset, parameter.Count).ToArray();
            var largest = parameter.Kind == ParameterKind.Gate ? largestGate : expected.Max(Math.Abs);
            Assert.True(largest > 1e-4, $"{parameter.Name} has next to no gradient: other examples are needed");
            var worst = Furthest(expected, actual) / largest;
            Assert.True(worst <= Tolerance, $"{parameter.Name}: off by {worst} of the largest element");
        }
    }

    [SharedTheory("golden/san-tiny")]
    [InlineData(1, 100)]
    [InlineData(3, 100)]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    public void Weights_after_steps_equal_those_of_the_reference(int steps, int warmup)
    {
        var options = new TrainerOptions
        {
            Schedule = new LearningRateSchedule { Steps = 4000, Warmup = warmup },
            Optimiser = new OptimiserOptions { WeightDecay = 0.1f },
            Loss = new LossOptions { ZLoss = 1e-4f },
            Threads = 1,
        };
        var start = Load();
        using var trainer = new SanTrainer(start, options);
        var reference = Reference(start);
        var optimiser = new ReferenceOptimiser(options.Optimiser);
        for (var step = 1; step <= steps; step++)
        {
            trainer.Step(Examples);
            reference.Differentiate(Examples, options.Loss.ZLoss);
            optimiser.Step(reference.Weights, step, warmup == 0 ? 1 : step / (warmup + 1.0));
            reference = new ReferenceNetwork(
                start.Config, reference.Weights.ToDictionary(w => w.Key, w => (new[] { w.Value.Rows, w.Value.Columns }, w.Value.Values)));
        }

        var before = SanTensors.Of(start).ToDictionary(t => t.Name, t => t.Values);
        foreach (var (name, _, actual) in SanTensors.Of(trainer.Weights).Where(t => t.Name != SanTensorNames.OutputLayer))
        {
            var expected = reference.Weights[name].Values;
            var (worst, moved) = (Furthest(expected, actual), Furthest(expected, before[name]));

            // While the rate warms up, weights move by little more than the tolerance: the movement itself must be right, too.
            Assert.True(worst <= Math.Min(Tolerance, 0.01 * moved), $"{name}: moved by {moved}, off by {worst}");
        }
    }

    static double Furthest(double[] a, float[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();

    // All tensors but the retrieval head's.
    static SanWeights Load()
    {
        var weights = SanCheckpoint.Load(RepositoryFiles.InShared("golden/san-tiny"));
        return new SanWeights(weights.Config, weights.Embedding, weights.Encoder, weights.EncoderFinalNorm, weights.Decoder, weights.DecoderFinalNorm);
    }

    static ReferenceNetwork Reference(SanWeights weights) => new(
        weights.Config,
        SanTensors.Of(weights).Where(t => t.Name != SanTensorNames.OutputLayer)
            .ToDictionary(t => t.Name, t => (t.Shape, t.Values.Select(v => (double)v).ToArray())));
}
