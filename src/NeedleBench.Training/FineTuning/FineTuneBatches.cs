using NeedleBench.Tokenizers;
using NeedleBench.Training.Network;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.FineTuning;

/// <summary>
/// The batches of a run. Each depends on data, options and step alone: a resumed run sees what an unbroken one would have seen.
/// </summary>
sealed class FineTuneBatches
{
    // The streams of one seed must not run alike.
    const ulong OrderStream = 0x0D0E;
    const ulong VaryStream = 0x7A21;
    const ulong BesideStream = 0xBE51;

    readonly FineTuneOptions _options;
    readonly IReadOnlyList<SyntheticExample> _train;
    readonly TrainingExample[] _encoded;
    readonly ExampleTokens _tokens;
    readonly ToolVariation _variation;
    readonly ExampleSynthesiser? _replay;
    readonly int _replayed;
    readonly int[] _order;
    long _epoch = -1;

    /// <param name="train">Examples that fit the model.</param>
    /// <param name="replay">Makes the replayed examples; null where nothing is replayed.</param>
    public FineTuneBatches(
        IReadOnlyList<SyntheticExample> train, TrainingCorpus? corpus, ExampleSynthesiser? replay, SentencePieceTokenizer tokenizer, FineTuneOptions options)
    {
        _options = options;
        _train = train;
        _tokens = new ExampleTokens(tokenizer, new TokenRoleWeights());
        _encoded = [.. train.Select(_tokens.Encode)];
        _variation = new ToolVariation(train, corpus, options.MostTools);
        _replay = replay;
        _replayed = replay is null ? 0 : options.ReplayedPerBatch;
        _order = new int[train.Count];
    }

    /// <summary>The batch of a 0-based step.</summary>
    public List<TrainingExample> Create(int step)
    {
        var batch = new List<TrainingExample>(_options.BatchSize);
        var own = _options.BatchSize - _replayed;
        for (var i = 0; i < own; i++)
        {
            batch.Add(Own(((long)step * own) + i));
        }

        for (var i = 0; i < _replayed; i++)
        {
            if (Replayed(((long)step * _replayed) + i) is { } example)
            {
                batch.Add(example);
            }
        }

        return batch;
    }

    TrainingExample Own(long index)
    {
        var at = At(index);
        var random = new SeededRandom(_options.Seed ^ VaryStream, index);
        return random.Chance(_options.Vary) && _tokens.TryEncode(_variation.Vary(_train[at], random), out var varied) ? varied : _encoded[at];
    }

    TrainingExample? Replayed(long index)
    {
        var random = new SeededRandom(_options.Seed ^ BesideStream, index);
        var example = _replay!.Create(index);
        if (random.Chance(_options.Beside))
        {
            example = _variation.WithOwn(example, random);
        }

        return _tokens.TryEncode(example, out var tokens) ? tokens : null;
    }

    // Every example once in each pass, in an order of its own.
    int At(long index)
    {
        var epoch = index / _order.Length;
        if (epoch != _epoch)
        {
            for (var i = 0; i < _order.Length; i++)
            {
                _order[i] = i;
            }

            new SeededRandom(_options.Seed ^ OrderStream, epoch).Shuffle(_order.AsSpan());
            _epoch = epoch;
        }

        return _order[index % _order.Length];
    }
}
