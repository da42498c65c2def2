namespace NeedleBench.Tokenizers.Tests.SentencePiece;

public class LoadTests
{
    [Fact]
    public void Names_the_pieces_and_the_special_ids()
    {
        var tokenizer = Small().Load();

        Assert.Equal((4, 3, 1), (tokenizer.VocabularySize, tokenizer.UnknownId, tokenizer.BosId));
        Assert.Equal((null, 0), (tokenizer.EosId, tokenizer.PadId));
        Assert.True(tokenizer.TryGetId("▁a", out var id));
        Assert.Equal((2, PieceKind.Normal, "▁a"), (id, tokenizer.Kind(id), tokenizer.Piece(id)));
        Assert.False(tokenizer.TryGetId("b", out _));
    }

    [Fact]
    public void Finds_the_special_ids_by_the_names_the_model_gives_them()
    {
        var model = new TinyModel { BosPiece = "[CLS]" }
            .Add("<unk>", 0, PieceKind.Unknown).Add("<s>", 0, PieceKind.Control).Add("[CLS]", 0, PieceKind.Control).Add("</s>");

        Assert.Equal(2, model.Load().BosId);
        Assert.Null(model.Load().EosId);
    }

    [Fact]
    public void Reads_a_file_a_stream_and_memory_alike()
    {
        using var folder = new TemporaryFolder();
        var bytes = Small().ToBytes();
        File.WriteAllBytes(folder.File("tokenizer.model"), bytes);
        using var stream = new MemoryStream(bytes);

        Assert.Equal([2], SentencePieceTokenizer.Load(folder.File("tokenizer.model")).Encode("a"));
        Assert.Equal([2], SentencePieceTokenizer.Load(stream).Encode("a"));
        Assert.Equal([2], SentencePieceTokenizer.Load(new byte[3].Concat(bytes).ToArray().AsMemory(3)).Encode("a"));
    }

    [Fact]
    public void Refuses_other_kinds_of_model_by_name()
    {
        AssertRefused("unigram", new TinyModel { ModelType = 1 });
        AssertRefused("unigram", new TinyModel { ModelType = null });
        AssertRefused("char", new TinyModel { ModelType = 4 });
        AssertRefused("model_type 77", new TinyModel { ModelType = 77 });
        AssertRefused("trainer_spec", new TinyModel { WithTrainerSpec = false });
    }

    [Fact]
    public void Refuses_a_normaliser_that_it_does_not_carry_out_by_name()
    {
        AssertRefused("nmt_nfkc", new TinyModel { NormalizerName = "nmt_nfkc", NormalizerMap = [1, 2, 3] });
        AssertRefused("normaliser", new TinyModel { NormalizerName = "", NormalizerMap = [1] });
        AssertRefused("denormaliser", new TinyModel { DenormalizerMap = [1] });
    }

    [Fact]
    public void Accepts_a_named_normaliser_without_rules() =>
        Assert.Equal(1, new TinyModel { NormalizerName = "user_defined" }.Add("<unk>", 0, PieceKind.Unknown).Load().VocabularySize);

    [Fact]
    public void Refuses_a_vocabulary_that_contradicts_itself()
    {
        AssertRefused("both 'a'", new TinyModel().Add("a").Add("a"));
        AssertRefused("is empty", new TinyModel().Add(""));
        AssertRefused("U+0000", new TinyModel().Add("a\0b"));
        AssertRefused("longer than 8000", new TinyModel().Add(new string('a', 9000)));
        AssertRefused("NaN", new TinyModel().Add("a", float.NaN));
        AssertRefused("type 9", new TinyModel().Add("a", 0, (PieceKind)9));
        AssertRefused("2 unknown pieces", new TinyModel().Add("a", 0, PieceKind.Unknown));
        AssertRefused("0 of the 256", new TinyModel { ByteFallback = true });
        AssertRefused("1 of the 256", new TinyModel { ByteFallback = true }.Add("<0x41>", 0, PieceKind.Byte));
        AssertRefused("not written like", new TinyModel { ByteFallback = true }.Add("<0xag>", 0, PieceKind.Byte));
        AssertRefused("not written like", new TinyModel { ByteFallback = true }.Add("<0xab>", 0, PieceKind.Byte));
        AssertRefused("byte_fallback is not set", new TinyModel().AddBytes());
        Assert.Contains("0 unknown pieces", Refusal(new TinyModel().Add("a").ToBytes()), StringComparison.Ordinal);
        Assert.Contains("no pieces", Refusal([]), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_fields_of_a_wrong_type_and_text_that_is_no_utf8()
    {
        var number = new ProtoWriter().Number(1, 5).ToArray();
        var score = new ProtoWriter().Message(1, new ProtoWriter().Text(1, "a").Number(2, 1)).ToArray();
        var latin = new ProtoWriter().Message(1, new ProtoWriter().Bytes(1, [0x61, 0xE9])).ToArray();

        Assert.Contains("'pieces' has the wire type", Refusal(number), StringComparison.Ordinal);
        Assert.Contains("'score' has the wire type", Refusal(score), StringComparison.Ordinal);
        Assert.Contains("no UTF-8", Refusal(latin), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07 })]
    [InlineData(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F })]
    [InlineData(new byte[] { 0x0A, 0x04, 0x0A, 0x40, 0x61, 0x62 })]
    [InlineData(new byte[] { 0x0A })]
    [InlineData(new byte[] { 0x00 })]
    [InlineData(new byte[] { 0x0C })]
    [InlineData(new byte[] { 0x53, 0x53, 0x53 })]
    [InlineData(new byte[] { 0x07, 0x01 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    public void Refuses_lengths_and_tags_that_lie(byte[] bytes) => Assert.NotEmpty(Refusal(bytes));

    [Fact]
    public void Refuses_or_opens_a_model_cut_at_any_byte_and_nothing_else()
    {
        var bytes = Small().ToBytes();
        var refused = 0;
        for (var length = 0; length < bytes.Length; length++)
        {
            refused += TryLoad(bytes[..length]) ? 0 : 1;
        }

        // The only cut that leaves a whole model is the one before its last, optional message.
        Assert.Equal(bytes.Length - 1, refused);
    }

    [Fact]
    public void Refuses_or_opens_a_model_with_any_byte_changed_and_nothing_else()
    {
        var bytes = Small().ToBytes();
        var refused = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            foreach (var mask in (byte[])[0x01, 0x04, 0x80, 0xFF])
            {
                var changed = bytes.ToArray();
                changed[i] ^= mask;
                refused += TryLoad(changed) ? 0 : 1;
            }
        }

        Assert.InRange(refused, bytes.Length, (4 * bytes.Length) - 1);
    }

    [Fact]
    public void Passes_over_fields_it_does_not_know()
    {
        var extra = new ProtoWriter().Text(4, "self test").Number(300, 7).Float(301, 1).ToArray();

        Assert.Equal([2], SentencePieceTokenizer.Load(Small().ToBytes().Concat(extra).ToArray()).Encode("a"));
    }

    static TinyModel Small() => new TinyModel()
        .Add("<pad>", 0, PieceKind.Control).Add("<s>", 0, PieceKind.Control).Add("▁a", -1).Add("<unk>", 0, PieceKind.Unknown);

    /// <summary>False where the bytes were refused; any other exception is the test's failure.</summary>
    static bool TryLoad(byte[] bytes)
    {
        try
        {
            SentencePieceTokenizer.Load(bytes).Encode("a b");
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    static void AssertRefused(string problem, TinyModel model) =>
        Assert.Contains(problem, Refusal(model.Add("<unk>", 0, PieceKind.Unknown).ToBytes()), StringComparison.Ordinal);

    static string Refusal(byte[] bytes) => Assert.Throws<InvalidDataException>(() => SentencePieceTokenizer.Load(bytes)).Message;
}
