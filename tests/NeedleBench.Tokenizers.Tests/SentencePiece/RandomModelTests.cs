namespace NeedleBench.Tokenizers.Tests.SentencePiece;

public class RandomModelTests
{
    static readonly string[] Alphabet = ["a", "b", "c", "▁", "é", "😀"];

    /// <summary>Small alphabets, few scores and long pieces, so that ties, stale pairs and chains of merges are common.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Cuts_texts_as_the_plain_algorithm_does(int seed, bool withUnused)
    {
        var random = new Random(seed);
        for (var round = 0; round < 400; round++)
        {
            var pieces = RandomPieces(random, withUnused);
            var model = new TinyModel { AddDummyPrefix = false, RemoveExtraWhitespaces = false };
            foreach (var (text, score, kind) in pieces)
            {
                model.Add(text, score, kind);
            }

            var tokenizer = model.Load();
            var plain = new PlainBytePairEncoding(pieces);
            for (var i = 0; i < 10; i++)
            {
                var text = RandomText(random, random.Next(1, 60));
                var expected = FuseUnknown(tokenizer, plain.Cut(text));
                Assert.Equal(expected, tokenizer.Encode(text.Replace('▁', ' ')));
            }
        }
    }

    [Fact]
    public void Decodes_every_text_back_where_spaces_are_not_folded()
    {
        var random = new Random(3);
        var tokenizer = new TinyModel { RemoveExtraWhitespaces = false, ByteFallback = true }
            .Add("<unk>", 0, PieceKind.Unknown).Add("a").Add("▁").Add("▁a", 2).Add("▁▁", 1).Add("a😀", 3).Add("<b>", 0, PieceKind.UserDefined)
            .AddBytes().Load();
        for (var i = 0; i < 500; i++)
        {
            var text = RandomText(random, i / 5).Replace('▁', ' ').Replace("bc", "<b>", StringComparison.Ordinal);
            Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
        }
    }

    [Fact]
    public void Gives_many_threads_the_ids_it_gives_one()
    {
        var random = new Random(4);
        var tokenizer = TinyModel.Plain(("a", -9), ("b", -9), ("▁", -9), ("ab", -1), ("▁a", -1), ("abab", -2)).Load();
        var texts = Enumerable.Range(0, 200).Select(i => RandomText(random, i * 5)).ToArray();
        var expected = texts.Select(tokenizer.Encode).ToArray();
        var actual = new int[texts.Length][];

        Parallel.For(0, texts.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => actual[i] = tokenizer.Encode(texts[i]));

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Appends_to_the_callers_list_and_allocates_nothing_where_it_is_large_enough()
    {
        var tokenizer = TinyModel.Plain(("a", -9), ("b", -9), ("ab", -1)).Add("<x>", 0, PieceKind.UserDefined).Load();
        var text = string.Concat(Enumerable.Repeat("ab<x>b a", 500));
        var ids = new List<int>(10_000) { 7 };
        tokenizer.Encode(text, ids);
        var first = ids.Count;

        var before = GC.GetAllocatedBytesForCurrentThread();
        tokenizer.Encode(text, ids);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal(7, ids[0]);
        Assert.Equal(tokenizer.Encode(text), ids.Skip(first));
    }

    static List<(string Text, float Score, PieceKind Kind)> RandomPieces(Random random, bool withUnused)
    {
        var pieces = new List<(string Text, float Score, PieceKind Kind)> { ("<unk>", 0, PieceKind.Unknown) };
        var texts = new HashSet<string>();
        var count = random.Next(3, 30);
        for (var i = 0; i < count; i++)
        {
            // Mostly two known texts put together, so that long pieces can be reached; else any text.
            var text = texts.Count > 1 && random.Next(4) > 0
                ? texts.ElementAt(random.Next(texts.Count)) + texts.ElementAt(random.Next(texts.Count))
                : RandomText(random, random.Next(1, 3));
            if (text.Length <= 24 && texts.Add(text))
            {
                var kind = random.Next(12) == 0 ? PieceKind.UserDefined
                    : withUnused && random.Next(3) == 0 ? PieceKind.Unused
                    : PieceKind.Normal;
                pieces.Add((text, -random.Next(6), kind));
            }
        }

        return pieces;
    }

    static string RandomText(Random random, int length)
    {
        var letters = random.Next(2, Alphabet.Length + 1);
        return string.Concat(Enumerable.Range(0, length).Select(_ => Alphabet[random.Next(letters)]));
    }

    static List<int> FuseUnknown(SentencePieceTokenizer tokenizer, List<string> parts)
    {
        var ids = new List<int>();
        foreach (var part in parts)
        {
            var id = tokenizer.TryGetId(part, out var known) ? known : tokenizer.UnknownId;
            if (id != tokenizer.UnknownId || ids.Count == 0 || ids[^1] != id)
            {
                ids.Add(id);
            }
        }

        return ids;
    }
}
