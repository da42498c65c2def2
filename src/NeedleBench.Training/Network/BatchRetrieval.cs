using System.Numerics.Tensors;
using NeedleBench.San.Checkpoints;
using NeedleBench.San.Kernels;

namespace NeedleBench.Training.Network;

/// <summary>
/// The contrastive loss of the retrieval head over a batch and its gradient, texts shared out over threads in a fixed way:
/// text i belongs to thread i mod threads. A tool's text that several requests share is read once.
/// </summary>
/// <param name="heads">One a thread.</param>
/// <param name="pool">The threads.</param>
sealed unsafe class BatchRetrieval(RetrievalGradient[] heads, WorkerPool pool)
{
    const int Size = RetrievalHeadWeights.EmbeddingSize;

    readonly List<int[]> _texts = []; // queries, then distinct tools
    float[] _embeddings = [];         // [texts, size]
    float[] _gradients = [];          // [texts, size]

    /// <summary>Adds <paramref name="weight"/> times the gradient to those of the threads.</summary>
    /// <returns>The loss over the batch's pairs; nothing where there are fewer than two.</returns>
    public ExampleLoss Add(IReadOnlyList<TrainingExample> batch, float weight, FloatBuffer[] gradients)
    {
        RetrievalPair[] pairs = [.. batch.Select(e => e.Pair).OfType<RetrievalPair>()];
        if (pairs.Length < 2)
        {
            return default;
        }

        _texts.Clear();
        _texts.AddRange(pairs.Select(p => p.Query));
        var places = AddTools(pairs);
        var queries = pairs.Length * Size;
        if (_embeddings.Length < _texts.Count * Size)
        {
            (_embeddings, _gradients) = (new float[_texts.Count * Size], new float[_texts.Count * Size]);
        }

        var embed = new EmbedJob(this, heads);
        pool.Run(ref embed, heads.Length);
        var (tools, dtools) = (new float[queries], new float[queries]); // [pairs, size]
        for (var i = 0; i < pairs.Length; i++)
        {
            _embeddings.AsSpan(places[i] * Size, Size).CopyTo(tools.AsSpan(i * Size));
        }

        var loss = ContrastiveLoss.Compute(
            _embeddings.AsSpan(0, queries), tools, pairs.Length, Size, (a, b) => pairs[a].HasToolOf(pairs[b]), weight, _gradients.AsSpan(0, queries), dtools);
        _gradients.AsSpan(queries).Clear();
        for (var i = 0; i < pairs.Length; i++)
        {
            var gradient = _gradients.AsSpan(places[i] * Size, Size);
            TensorPrimitives.Add(gradient, dtools.AsSpan(i * Size, Size), gradient);
        }

        var back = new BackwardJob(this, heads, gradients);
        pool.Run(ref back, heads.Length);
        return new ExampleLoss(0, 0, 0, 0, loss * pairs.Length, pairs.Length);
    }

    // Where each pair's tool stands among the texts.
    int[] AddTools(RetrievalPair[] pairs)
    {
        var places = new int[pairs.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            var tool = pairs[i].Tool;
            var known = i > 0 && tool.AsSpan().SequenceEqual(pairs[i - 1].Tool);
            places[i] = known ? places[i - 1] : _texts.Count;
            if (!known)
            {
                _texts.Add(tool);
            }
        }

        return places;
    }

    readonly struct EmbedJob(BatchRetrieval owner, RetrievalGradient[] heads) : IParallelJob
    {
        public void Run(int part, int worker)
        {
            for (var text = part; text < owner._texts.Count; text += heads.Length)
            {
                heads[part].Embed(owner._texts[text], owner._embeddings.AsSpan(text * Size, Size));
            }
        }
    }

    readonly struct BackwardJob(BatchRetrieval owner, RetrievalGradient[] heads, FloatBuffer[] gradients) : IParallelJob
    {
        public void Run(int part, int worker)
        {
            for (var text = part; text < owner._texts.Count; text += heads.Length)
            {
                heads[part].Backward(owner._texts[text], owner._gradients.AsSpan(text * Size, Size), gradients[part].Pointer);
            }
        }
    }
}
