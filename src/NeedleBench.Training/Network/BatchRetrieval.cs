using NeedleBench.San.Checkpoints;
using NeedleBench.San.Kernels;

namespace NeedleBench.Training.Network;

/// <summary>
/// The contrastive loss of the retrieval head over a batch and its gradient, texts shared out over threads in a fixed way:
/// text i belongs to thread i mod threads.
/// </summary>
/// <param name="heads">One a thread.</param>
/// <param name="pool">The threads.</param>
sealed unsafe class BatchRetrieval(RetrievalGradient[] heads, WorkerPool pool)
{
    const int Size = RetrievalHeadWeights.EmbeddingSize;

    readonly List<int[]> _texts = []; // queries, then tools
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
        _texts.AddRange(pairs.Select(p => p.Tool));
        var length = pairs.Length * Size;
        if (_embeddings.Length < 2 * length)
        {
            (_embeddings, _gradients) = (new float[2 * length], new float[2 * length]);
        }

        var embed = new EmbedJob(this, heads);
        pool.Run(ref embed, heads.Length);
        var loss = ContrastiveLoss.Compute(
            _embeddings.AsSpan(0, length), _embeddings.AsSpan(length, length), pairs.Length, Size,
            (a, b) => pairs[a].Tool.AsSpan().SequenceEqual(pairs[b].Tool), weight, _gradients.AsSpan(0, length), _gradients.AsSpan(length, length));
        var back = new BackwardJob(this, heads, gradients);
        pool.Run(ref back, heads.Length);
        return new ExampleLoss(0, 0, 0, 0, loss * pairs.Length, pairs.Length);
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
