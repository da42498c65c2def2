namespace NeedleBench.Training.Shards;

/// <summary>
/// A shard: a header of 64 bytes, then four sections without gaps but for one byte, all little-endian.
/// <code>
/// offset  type   what
/// 0       u8[8]  "NBSHARD1"
/// 8       u32    bytes of the header, 64
/// 12      u32    ids of the vocabulary
/// 16      u64    index in the recipe's stream of the first position
/// 24      u32    positions, n
/// 28      u32    id that the decoder starts from, which is the end token, too
/// 32      u64    weights in all, w
/// 40      u64    tokens in all, t
/// 48      u8[16] zeros
/// 64      u16[n][4]  lengths of each position's encoder ids, decoder ids, retrieval query and retrieval tool
///         u8[w]      weights of the decoder's targets in the loss, times 16, position after position
///         u8         0, where w is odd
///         u16[t]     token ids: of each position, its encoder, decoder, query and tool ids
/// </code>
/// Decoder ids are what the decoder is fed. Its targets are the same ids from the second on, then the end token. A position
/// whose example fits no model has four zeros; one without a retrieval pair has zeros in the last two.
/// </summary>
static class ShardFormat
{
    public const string ManifestFile = "manifest.json";

    public const string TokenizerFile = "tokenizer.model";

    public const int HeaderBytes = 64;

    public const int LengthsPerPosition = 4;

    /// <summary>Weights are multiples of one over this.</summary>
    public const int WeightScale = 16;

    public static ReadOnlySpan<byte> Magic => "NBSHARD1"u8;

    /// <summary>The name of a shard, by its number from 0.</summary>
    public static string FileName(int shard) => FormattableString.Invariant($"shard-{shard:D5}.bin");
}
