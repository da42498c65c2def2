namespace NeedleBench.Training.Shards;

/// <summary>Which examples of a recipe are written, and how.</summary>
public readonly record struct ShardExportOptions()
{
    /// <summary>The most positions that a shard may have.</summary>
    public const int MaxShardSize = 1 << 18;

    /// <summary>Positions of the stream to write.</summary>
    public required long Examples { get; init; }

    /// <summary>Index in the stream of the first one.</summary>
    public long First { get; init; }

    /// <summary>Positions of a shard, 1 to <see cref="MaxShardSize"/>; the last one may have fewer.</summary>
    public int ShardSize { get; init; } = 1 << 16;

    /// <summary>No part of the result.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Write the examples that the recipe evaluates on, instead of those that it trains on.</summary>
    public bool HeldOut { get; init; }

    /// <summary>How many shards that makes.</summary>
    public int Shards => (int)((Examples + ShardSize - 1) / ShardSize);

    /// <exception cref="InputException">A number is out of its range.</exception>
    public void Check()
    {
        if (Examples < 1 || First < 0 || ShardSize is < 1 or > MaxShardSize || Threads < 1 || (Examples - 1) / ShardSize >= 100_000)
        {
            throw new InputException(
                "a number of the export is out of its range",
                FormattableString.Invariant(
                    $"Give at least 1 example, a first index of at least 0, 1 to {MaxShardSize} examples a shard, at most 100000 shards, and at least 1 thread."));
        }
    }
}
