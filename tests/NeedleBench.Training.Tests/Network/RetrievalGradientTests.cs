using NeedleBench.San.Checkpoints;
using NeedleBench.San.Kernels;
using NeedleBench.San.Model;
using NeedleBench.Training.Network;

namespace NeedleBench.Training.Tests.Network;

/// <summary>The retrieval head's contrastive loss: by hand, by the runtime's head, and by central differences.</summary>
public unsafe class RetrievalGradientTests
{
    static readonly SanConfig Config =
        new() { HiddenSize = 64, Heads = 4, KeyValueHeads = 2, EncoderLayers = 2, DecoderLayers = 1, VocabularySize = 50, NormEpsilon = 1e-6f, RetrievalHiddenSize = 40 };

    // The second and third ask for one tool, whose text is read once; so do the last two, for a tool that is shown twice in
    // other words: none of them may be a wrong answer to the other.
    static readonly RetrievalPair[] Pairs =
    [
        new([7, 9, 30, 2], [11, 12, 13, 14, 15, 16]),
        new([21], [22, 23, 24]),
        new([33, 21, 5], [22, 23, 24]),
        new([8, 3, 8, 40, 41, 42, 43], [44, 45, 10, 11, 12]) { Identity = 9 },
        new([17, 48], [18, 19]) { Identity = 9 },
    ];

    [Theory]
    [InlineData(ParameterKind.Retrieval, 1)]
    [InlineData(ParameterKind.Retrieval, 2)]
    [InlineData(ParameterKind.Embedding, 1)]
    [InlineData(ParameterKind.Norm, 1)]
    [InlineData(ParameterKind.Gate, 2)]
    [InlineData(ParameterKind.Projection, 2)]
    public void Gradients_equal_central_differences(ParameterKind kind, int threads)
    {
        const float Weight = 0.7f;
        using var network = RandomNetwork(seed: 4);
        using var work = new Work(network, threads);
        var loss = work.Contrastive(Weight);
        Assert.Equal(Pairs.Length, loss.Pairs);
        var gradient = work.Gradient();

        var random = new Random(12);
        var seen = 0;
        foreach (var parameter in network.Layout.Parameters.Where(p => p.Kind == kind))
        {
            var direction = Enumerable.Range(0, parameter.Count).Select(_ => (random.NextSingle() * 2) - 1).ToArray();
            var analytic = direction.Select((x, i) => (double)x * gradient[parameter.Offset + i]).Sum();
            var expected = Difference(network, work, parameter, direction) * Weight;
            Assert.True(Math.Abs(expected - analytic) <= 2e-3 + (0.02 * Math.Abs(expected)), $"{parameter.Name}: difference {expected}, gradient {analytic}");
            seen += Math.Abs(analytic) > 0.02 ? 1 : 0;
        }

        Assert.True(seen > 0, "no gradient was large enough to tell");
    }

    [Fact]
    public void Embeddings_equal_those_of_the_runtime()
    {
        using var network = RandomNetwork(seed: 6);
        using var work = new ExampleGradient(network);
        using var model = new SanModel(network.Layout.ToWeights(network.Values), new SanModelOptions { Threads = 1 });
        using var session = new SanSession(model);
        var (expected, actual) = (new float[RetrievalHeadWeights.EmbeddingSize], new float[RetrievalHeadWeights.EmbeddingSize]);
        foreach (var pair in Pairs)
        {
            session.Embed(pair.Tool, expected);
            work.Retrieval!.Embed(pair.Tool, actual);
            Assert.All(expected.Zip(actual), x => Assert.Equal(x.First, x.Second, 1e-4));
        }
    }

    [Fact]
    public void Pairs_are_for_one_tool_by_its_identity_where_both_know_it_and_else_by_its_text()
    {
        var unknown = new RetrievalPair([1], [2, 3]);

        Assert.True(unknown.HasToolOf(new RetrievalPair([4], [2, 3]) { Identity = 1 }));
        Assert.False(unknown.HasToolOf(new RetrievalPair([4], [2])));
        Assert.True((unknown with { Identity = 5 }).HasToolOf(new RetrievalPair([4], [6]) { Identity = 5 }));
        Assert.False((unknown with { Identity = 5 }).HasToolOf(unknown with { Identity = 6 }));
    }

    [Fact]
    public void Two_pairs_that_cross_cost_what_the_formula_says()
    {
        // Query 1 points at tool 2 and the other way round: both softmaxes give the right answer e^-1/0.07 against 1.
        float[] queries = [1, 0, 0, 1];
        float[] tools = [0, 1, 1, 0];
        var loss = ContrastiveLoss.Compute(queries, tools, 2, 2, (_, _) => false, 1, new float[4], new float[4]);
        Assert.Equal(Math.Log(1 + Math.Exp(1 / 0.07)), loss, 1e-5);

        var forgiving = ContrastiveLoss.Compute(queries, tools, 2, 2, (_, _) => true, 1, new float[4], new float[4]);
        Assert.Equal(0, forgiving, 1e-12);
    }

    // A temperature of 0.07 bends the loss sharply: only a short step is straight.
    static double Difference(NetworkParameters network, Work work, Parameter parameter, float[] direction) =>
        CentralDifference.Of(network, parameter, direction, step: 3e-4f, () =>
        {
            var loss = work.Contrastive(1);
            return loss.Contrastive / loss.Pairs;
        });

    static NetworkParameters RandomNetwork(int seed)
    {
        var random = new Random(seed);
        var network = new NetworkParameters(new ParameterLayout(Config, retrieval: true));
        foreach (var parameter in network.Layout.Parameters)
        {
            for (var i = 0; i < parameter.Count; i++)
            {
                network.Values[(int)parameter.Offset + i] = ((random.NextSingle() * 2) - 1) * (parameter.Shape.Count == 2 ? 0.25f : 0.5f);
            }
        }

        network.Pack();
        return network;
    }

    sealed class Work : IDisposable
    {
        readonly WorkerPool _pool;
        readonly ExampleGradient[] _examples;
        readonly FloatBuffer[] _gradients;
        readonly BatchRetrieval _retrieval;

        public Work(NetworkParameters network, int threads)
        {
            _pool = new WorkerPool(threads);
            _examples = [.. Enumerable.Range(0, threads).Select(_ => new ExampleGradient(network))];
            _gradients = [.. Enumerable.Range(0, threads).Select(_ => new FloatBuffer(network.Layout.Length))];
            _retrieval = new BatchRetrieval([.. _examples.Select(e => e.Retrieval!)], _pool);
        }

        public ExampleLoss Contrastive(float weight) =>
            _retrieval.Add([.. Pairs.Select(p => new TrainingExample([6], [1], [1], [1]) { Pair = p })], weight, _gradients);

        public double[] Gradient() =>
            [.. Enumerable.Range(0, (int)_gradients[0].Length).Select(i => _gradients.Sum(g => (double)g.Span[i]))];

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

            _pool.Dispose();
        }
    }
}
