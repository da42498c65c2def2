using System.Runtime.InteropServices;
using NeedleBench.Training.Network;

namespace NeedleBench.Training.Shards;

/// <summary>A run of positions on their way into a shard: what one thread makes by itself.</summary>
sealed class ShardBlock
{
    readonly List<ushort> _lengths = [];
    readonly List<byte> _weights = [];
    readonly List<ushort> _tokens = [];

    public int Positions => _lengths.Count / ShardFormat.LengthsPerPosition;

    /// <summary>[positions, 4], as <see cref="ShardFormat"/> says.</summary>
    public ReadOnlySpan<ushort> Lengths => CollectionsMarshal.AsSpan(_lengths);

    public ReadOnlySpan<byte> Weights => CollectionsMarshal.AsSpan(_weights);

    public ReadOnlySpan<ushort> Tokens => CollectionsMarshal.AsSpan(_tokens);

    /// <summary>Adds a position; null for one whose example fits no model.</summary>
    /// <exception cref="ArgumentException">The example is none that a shard can hold.</exception>
    public void Add(TrainingExample? example)
    {
        var pair = example?.Pair;
        AddLength(example?.Encoder);
        AddLength(example?.DecoderInput);
        AddLength(pair?.Query);
        AddLength(pair?.Tool);
        if (example is null)
        {
            return;
        }

        RequireDerivableTargets(example);
        foreach (var weight in example.Weights)
        {
            var scaled = weight * ShardFormat.WeightScale;
            _weights.Add(scaled is >= 0 and <= byte.MaxValue && scaled == MathF.Floor(scaled)
                ? (byte)scaled
                : throw new ArgumentException($"A weight of {weight} is no multiple of 1/{ShardFormat.WeightScale} below {256 / ShardFormat.WeightScale}.", nameof(example)));
        }

        AddTokens(example.Encoder);
        AddTokens(example.DecoderInput);
        if (pair is not null)
        {
            AddTokens(pair.Query);
            AddTokens(pair.Tool);
        }
    }

    void AddLength(int[]? ids) => _lengths.Add(checked((ushort)(ids?.Length ?? 0)));

    void AddTokens(int[] ids)
    {
        foreach (var id in ids)
        {
            _tokens.Add(checked((ushort)id));
        }
    }

    static void RequireDerivableTargets(TrainingExample example)
    {
        if (example.Targets[^1] != example.DecoderInput[0] || !example.Targets.AsSpan(0..^1).SequenceEqual(example.DecoderInput.AsSpan(1)))
        {
            throw new ArgumentException("The targets are not the decoder's input one token on, with the start token at the end.", nameof(example));
        }
    }
}
