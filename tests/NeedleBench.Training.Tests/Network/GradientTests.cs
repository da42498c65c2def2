using NeedleBench.San.Checkpoints;
using NeedleBench.San.Kernels;
using NeedleBench.Training.Network;

namespace NeedleBench.Training.Tests.Network;

/// <summary>Analytic gradients against central differences of the loss, for parameters of each kind.</summary>
public unsafe class GradientTests
{
    // Head size 16 is the least that the kernels take; two key/value heads of four make the groups show.
    static readonly SanConfig Config =
        new() { HiddenSize = 64, Heads = 4, KeyValueHeads = 2, EncoderLayers = 2, DecoderLayers = 2, VocabularySize = 50, NormEpsilon = 1e-6f };

    static readonly TrainingExample[] Examples =
    [
        new([5, 9, 30, 2, 49, 7, 7, 21, 33, 11, 12, 13, 14, 15, 16, 17, 18, 40, 41], [1, 4, 20, 22, 24, 9, 9], [4, 20, 22, 24, 9, 9, 1], [1, 1, 2, 4, 1.5f, 0, 1]),
        new([6], [1], [44], [1]),
        new([8, 3, 8], [1, 4, 7], [4, 7, 1], [1, 1, 1]),
    ];

    [Theory]
    [InlineData(ParameterKind.Embedding, 0f)]
    [InlineData(ParameterKind.Norm, 0f)]
    [InlineData(ParameterKind.Gate, 0f)]
    [InlineData(ParameterKind.Projection, 0f)]
    [InlineData(ParameterKind.Projection, 0.01f)]
    public void Gradients_equal_central_differences(ParameterKind kind, float zLoss)
    {
        var options = new LossOptions { ZLoss = zLoss };
        using var network = RandomNetwork(seed: 3);
        using var work = new ExampleGradient(network);
        var scale = 1f / Examples.Sum(e => e.Weights.Sum());
        using var gradient = new FloatBuffer(network.Layout.Length);
        foreach (var example in Examples)
        {
            work.Compute(example, options, gradient.Pointer, scale);
        }

        var random = new Random(11);
        foreach (var parameter in network.Layout.Parameters.Where(p => p.Kind == kind))
        {
            // Along a random direction, and at the largest single elements: the one sees all elements, the other sees each clearly.
            var direction = Enumerable.Range(0, parameter.Count).Select(_ => (random.NextSingle() * 2) - 1).ToArray();
            var analytic = 0.0;
            for (var i = 0; i < parameter.Count; i++)
            {
                analytic += (double)gradient.Span[(int)parameter.Offset + i] * direction[i];
            }

            AssertClose(Difference(network, work, options, scale, parameter, direction), analytic, parameter.Name);
            foreach (var i in Enumerable.Range(0, parameter.Count).OrderByDescending(i => Math.Abs(gradient.Span[(int)parameter.Offset + i])).Take(2))
            {
                var single = new float[parameter.Count];
                single[i] = 1;
                AssertClose(Difference(network, work, options, scale, parameter, single), gradient.Span[(int)parameter.Offset + i], $"{parameter.Name}[{i}]");
            }
        }
    }

    [Fact]
    public void The_loss_equals_that_of_the_native_runtime()
    {
        using var network = RandomNetwork(seed: 5);
        using var work = new ExampleGradient(network);
        using var model = new San.Model.SanModel(network.Layout.ToWeights(network.Values), new San.Model.SanModelOptions { Threads = 1 });
        using var session = new San.Model.SanSession(model);
        foreach (var example in Examples)
        {
            session.Prefill(example.Encoder);
            var logits = session.AdvanceAll(example.DecoderInput).ToArray();
            var expected = 0.0;
            for (var row = 0; row < example.Targets.Length; row++)
            {
                var values = logits.AsSpan(row * session.LogitsStride, Config.VocabularySize).ToArray();
                var logZ = Math.Log(values.Sum(v => Math.Exp(v)));
                expected += example.Weights[row] * (logZ - values[example.Targets[row]]);
            }

            Assert.Equal(expected / example.Weights.Sum(), work.Compute(example, new LossOptions(), null, 0).Mean, 1e-4);
        }
    }

    static double Difference(NetworkParameters network, ExampleGradient work, LossOptions options, float scale, Parameter parameter, float[] direction) =>
        CentralDifference.Of(network, parameter, direction, step: 2e-3f, () => Examples.Sum(e => work.Compute(e, options, null, 0).Weighted) * scale);

    static void AssertClose(double expected, double actual, string name) =>
        Assert.True(Math.Abs(expected - actual) <= 2e-3 + (0.02 * Math.Abs(expected)), $"{name}: difference {expected}, gradient {actual}");

    static NetworkParameters RandomNetwork(int seed)
    {
        var random = new Random(seed);
        var network = new NetworkParameters(new ParameterLayout(Config, retrieval: false));
        foreach (var parameter in network.Layout.Parameters)
        {
            for (var i = 0; i < parameter.Count; i++)
            {
                var value = (random.NextSingle() * 2) - 1;
                network.Values[(int)parameter.Offset + i] = value * (parameter.Kind is ParameterKind.Embedding or ParameterKind.Projection ? 0.15f : 0.5f);
            }
        }

        network.Pack();
        return network;
    }
}
