namespace NeedleBench.San.Kernels;

/// <summary>
/// softmax(q · kᵀ) · v per head, key/value head j serving its group of query heads. The 1/sqrt(head size) is expected in
/// the queries. Rows are worked off in blocks of 6, each its own result whatever stands in the other rows.
/// </summary>
static unsafe class GroupedQueryAttention
{
    const int BlockRows = 6;
    const long WorthSharing = 400_000;

    /// <summary>Floats of scratch that each worker needs where a cache holds this many positions.</summary>
    public static long ScratchPerWorker(int positions) => (long)BlockRows * PanelMultiply.Padded(positions);

    /// <param name="queries">[rows, ldq], heads · head size used.</param>
    /// <param name="cache">Keys and values.</param>
    /// <param name="causalFrom">
    /// Row r sees the first causalFrom + r + 1 positions; null where every row sees them all.
    /// </param>
    /// <param name="output">[rows, ldo], heads · head size written.</param>
    /// <param name="scratch">[threads, <see cref="ScratchPerWorker"/>].</param>
    public static void Apply(
        float* queries, int ldq, int rows, int heads, int keyValueHeads, int headSize,
        KeyValueCache cache, int? causalFrom, float* output, int ldo, float* scratch, WorkerPool pool)
    {
        var job = new Job(queries, ldq, rows, heads / keyValueHeads, headSize, cache, causalFrom ?? -1, output, ldo, scratch);
        var blocks = (rows + BlockRows - 1) / BlockRows;
        var parts = heads * blocks;
        if ((long)rows * heads * headSize * cache.Length * 2 >= WorthSharing)
        {
            pool.Run(ref job, parts);
            return;
        }

        for (var part = 0; part < parts; part++)
        {
            job.Run(part, 0);
        }
    }

    readonly struct Job(
        float* queries, int ldq, int rows, int group, int headSize,
        KeyValueCache cache, int causalFrom, float* output, int ldo, float* scratch) : IParallelJob
    {
        readonly float* _queries = queries;
        readonly float* _output = output;
        readonly float* _scratch = scratch;

        public void Run(int part, int worker)
        {
            // All blocks of a head follow each other: its keys and values stay in the cache.
            var blocks = (rows + BlockRows - 1) / BlockRows;
            var head = part / blocks;
            var first = (part % blocks) * BlockRows;
            var count = Math.Min(BlockRows, rows - first);
            var length = causalFrom < 0 ? cache.Length : causalFrom + first + count;
            var padded = PanelMultiply.Padded(length);
            var scores = _scratch + (worker * ScratchPerWorker(cache.Length)); // [count, padded]

            PanelMultiply.Multiply(
                _queries + ((nint)first * ldq) + (head * headSize), ldq, count, headSize,
                cache.Keys(head / group), cache.KeyStride, padded / PanelMultiply.Width, scores, padded);
            for (var r = 0; r < count; r++)
            {
                Softmax.Apply(scores + ((nint)r * padded), causalFrom < 0 ? length : causalFrom + first + r + 1, padded);
            }

            PanelMultiply.Multiply(
                scores, padded, count, length,
                cache.Values(head / group), cache.ValueStride, headSize / PanelMultiply.Width,
                _output + ((nint)first * ldo) + (head * headSize), ldo);
        }
    }
}
