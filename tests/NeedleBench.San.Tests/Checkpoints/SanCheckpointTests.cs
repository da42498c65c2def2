using NeedleBench.San.Checkpoints;

namespace NeedleBench.San.Tests.Checkpoints;

public class SanCheckpointTests
{
    static readonly SanConfig Config = TestCheckpoints.Config;

    [SharedFact("golden/san-tiny")]
    public void Every_tensor_of_a_published_file_lands_in_its_place()
    {
        var folder = RepositoryFiles.InShared("golden/san-tiny");
        var weights = SanCheckpoint.Load(folder);
        using var file = SafetensorsFile.Open(Path.Combine(folder, "model.safetensors"));

        // The names are spelt out here once more: the reader's own table is what is under test.
        AssertTensor(file, "model.embed_tokens.weight", weights.Embedding);
        AssertTensor(file, "model.encoder.final_norm.weight", weights.EncoderFinalNorm);
        AssertTensor(file, "model.decoder.norm.weight", weights.DecoderFinalNorm);
        AssertTensor(file, "model.encoder.layers.2.input_layernorm.weight", weights.Encoder[2].InputNorm);
        AssertTensor(file, "model.encoder.layers.1.attn_gate", [weights.Encoder[1].Gate]);
        AssertAttention(file, "model.encoder.layers.0.self_attn", weights.Encoder[0].SelfAttention);
        AssertTensor(file, "model.decoder.layers.1.input_layernorm.weight", weights.Decoder[1].SelfNorm);
        AssertTensor(file, "model.decoder.layers.1.self_attn_gate", [weights.Decoder[1].SelfGate]);
        AssertAttention(file, "model.decoder.layers.1.self_attn", weights.Decoder[1].SelfAttention);
        AssertTensor(file, "model.decoder.layers.0.encoder_attn_layer_norm.weight", weights.Decoder[0].CrossNorm);
        AssertTensor(file, "model.decoder.layers.0.cross_attn_gate", [weights.Decoder[0].CrossGate]);
        AssertAttention(file, "model.decoder.layers.0.encoder_attn", weights.Decoder[0].CrossAttention);
        Assert.NotNull(weights.Retrieval);
        AssertTensor(file, "contrastive_hidden.weight", weights.Retrieval.Hidden);
        AssertTensor(file, "contrastive_hidden.bias", weights.Retrieval.HiddenBias);
        AssertTensor(file, "contrastive_proj.weight", weights.Retrieval.Projection);
        Assert.Empty(weights.UnknownTensors);
    }

    [SharedFact("models/san-nano")]
    public void The_small_published_model_has_the_parameters_its_card_states()
    {
        var folder = RepositoryFiles.InShared("models/san-nano");

        var weights = SanCheckpoint.Load(folder);

        Assert.Equal(1_017_994, weights.ParameterCount);
        Assert.Null(weights.Retrieval);
        Assert.Equal(Path.Combine(folder, "tokenizer.model"), SanCheckpoint.FindTokenizer(folder));
    }

    [Fact]
    public void The_published_26M_model_has_228_tensors_and_its_26315421_parameters_with_the_retrieval_head()
    {
        var config = new SanConfig
        {
            HiddenSize = 512,
            Heads = 8,
            KeyValueHeads = 4,
            EncoderLayers = 12,
            DecoderLayers = 8,
            VocabularySize = 8192,
        };

        Assert.Equal(228 - 1, SanTensors.Layout(config, retrieval: false).Count());

        // Its log_temp, the loss's temperature, is the one number we do not keep.
        Assert.Equal(26_315_421 - 1, SanTensors.Layout(config, retrieval: true).Sum(t => t.Shape.Aggregate(1L, (product, size) => product * size)));
    }

    [Theory]
    [InlineData(SafetensorsDtype.F32, true)]
    [InlineData(SafetensorsDtype.BF16, false)]
    [InlineData(SafetensorsDtype.F16, true)]
    public void What_is_saved_loads_the_same(SafetensorsDtype dtype, bool retrieval)
    {
        using var folder = new TemporaryFolder();
        var weights = TestCheckpoints.Weights(retrieval);

        SanCheckpoint.Save(weights, folder.File("some/where/model"), dtype);

        var loaded = SanCheckpoint.Load(folder.File("some/where/model"));
        Assert.Equal(Config, loaded.Config);
        Assert.Equal(retrieval, loaded.Retrieval is not null);
        var expected = SanTensors.Of(weights).ToArray();
        var actual = SanTensors.Of(loaded).ToArray();
        Assert.Equal(expected.Select(t => t.Name), actual.Select(t => t.Name));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First.Values, pair.Second.Values));
        Assert.Equal(["config.json", "model.safetensors"], Directory.GetFileSystemEntries(folder.File("some/where/model")).Select(Path.GetFileName).Order());
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_saved_file_has_the_output_layer_and_says_which_framework_its_layout_is_for()
    {
        using var folder = new TemporaryFolder();
        SanCheckpoint.Save(TestCheckpoints.Weights(), folder.File("m"), SafetensorsDtype.BF16);

        using var file = SafetensorsFile.Open(folder.File("m/model.safetensors"));

        Assert.True(file.AreSame("lm_head.weight", "model.embed_tokens.weight"));
        Assert.Equal("BF16", file.Tensors["lm_head.weight"].Dtype);
        Assert.Equal([1L], file.Tensors["model.encoder.layers.0.attn_gate"].Shape);
        Assert.Equal("pt", file.Metadata["format"]);
    }

    [Fact]
    public void A_save_that_fails_leaves_nothing_behind_and_an_old_checkpoint_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var spoilt = TestCheckpoints.Weights();
        spoilt.Decoder[0].CrossAttention.Output[3] = float.NaN;
        SanCheckpoint.Save(TestCheckpoints.Weights(), folder.File("old"), SafetensorsDtype.F32);
        var before = File.ReadAllBytes(folder.File("old/model.safetensors"));

        var error = Assert.Throws<InputException>(() => SanCheckpoint.Save(spoilt, folder.File("a/b/new"), SafetensorsDtype.F32));
        Assert.Throws<InputException>(() => SanCheckpoint.Save(spoilt, folder.File("old"), SafetensorsDtype.F32));

        Assert.Contains("'model.decoder.layers.0.encoder_attn.out_proj.weight'", error.Message, StringComparison.Ordinal);
        Assert.Equal([folder.File("old")], Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal(before, File.ReadAllBytes(folder.File("old/model.safetensors")));
        Assert.Equal(2, Directory.GetFileSystemEntries(folder.File("old")).Length);
    }

    [Fact]
    public void Saving_over_a_checkpoint_replaces_its_two_files_and_keeps_the_tokenizer()
    {
        using var folder = new TemporaryFolder();
        SanCheckpoint.Save(TestCheckpoints.Weights(), folder.File("m"), SafetensorsDtype.F32);
        File.WriteAllText(folder.File("m/tokenizer.model"), "t");

        SanCheckpoint.Save(TestCheckpoints.Weights(retrieval: false), folder.File("m"), SafetensorsDtype.BF16);

        Assert.Null(SanCheckpoint.Load(folder.File("m")).Retrieval);
        Assert.Equal("t", File.ReadAllText(folder.File("m/tokenizer.model")));
        Assert.Equal([folder.File("m")], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Saving_to_a_file_or_below_one_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("f"), "x");

        Assert.Equal(folder.File("f"), Assert.Throws<InputException>(() => SanCheckpoint.Save(TestCheckpoints.Weights(), folder.File("f"), SafetensorsDtype.F32)).File);
        Assert.Equal(folder.File("f"), Assert.Throws<InputException>(() => SanCheckpoint.Save(TestCheckpoints.Weights(), folder.File("f/m"), SafetensorsDtype.F32)).File);
        Assert.Equal("x", File.ReadAllText(folder.File("f")));
        Assert.Throws<InputException>(() => SanCheckpoint.Save(TestCheckpoints.Weights(), "", SafetensorsDtype.F32));
    }

    [Fact]
    public void A_wrong_shape_is_named_with_what_was_found_and_expected()
    {
        var tensors = TestCheckpoints.Tensors();
        tensors["model.encoder.layers.1.self_attn.k_proj.weight"] = ([8, 4], new float[32]);

        var message = Refusal(tensors);

        Assert.Contains("'model.encoder.layers.1.self_attn.k_proj.weight' has the shape [8, 4], the config asks for [4, 8]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_tensors_are_counted_and_the_first_are_named()
    {
        var tensors = TestCheckpoints.Tensors();
        var total = tensors.Count;
        tensors.Remove("model.decoder.norm.weight");
        foreach (var part in new[] { "q_proj", "k_proj", "v_proj", "out_proj", "q_norm" })
        {
            tensors.Remove($"model.decoder.layers.0.encoder_attn.{part}.weight");
        }

        var message = Refusal(tensors);

        Assert.Contains($"6 of {total} tensors are missing", message, StringComparison.Ordinal);
        Assert.Contains("'model.decoder.norm.weight'", message, StringComparison.Ordinal);
        Assert.Contains("and 2 more", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_retrieval_head_is_missing_the_other_half()
    {
        var tensors = TestCheckpoints.Tensors();
        tensors.Remove("contrastive_hidden.weight");

        Assert.Contains("'contrastive_hidden.weight'", Refusal(tensors), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_we_do_not_know_are_reported()
    {
        var tensors = TestCheckpoints.Tensors();
        tensors["z.extra"] = ([1], [1f]);
        tensors["a.extra"] = ([1], [float.NegativeZero]);

        Assert.Equal(["a.extra", "z.extra"], Load(tensors).UnknownTensors);
    }

    [Fact]
    public void A_file_of_another_network_is_said_to_be_one()
    {
        var message = Refusal(new() { ["bert.encoder.weight"] = ([1], [1f]) });

        Assert.Contains("none of", message, StringComparison.Ordinal);
        Assert.Contains("'bert.encoder.weight'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_layer_that_is_not_the_embedding_is_refused_by_name()
    {
        var tensors = TestCheckpoints.Tensors();
        tensors["lm_head.weight"] = (tensors[SanTensorNames.Embedding].Shape, (float[])tensors[SanTensorNames.Embedding].Values.Clone());
        var tied = Load(tensors);
        tensors["lm_head.weight"].Values[^1] += 1;

        Assert.Empty(tied.UnknownTensors);
        Assert.Contains("'lm_head.weight' differs", Refusal(tensors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x7F80)]
    [InlineData(0xFF80)]
    [InlineData(0x7FC0)]
    public void Weights_that_are_not_finite_are_refused_by_name(int bits)
    {
        var bytes = TestCheckpoints.Safetensors(TestCheckpoints.Tensors(), SafetensorsDtype.BF16);
        using (var sound = SafetensorsFile.Open(bytes, "x"))
        {
            var at = bytes.Length - sound.Tensors.Values.Max(t => t.End) + sound.Tensors["model.decoder.norm.weight"].Begin + 4;
            (bytes[at], bytes[at + 1]) = ((byte)bits, (byte)(bits >> 8));
        }

        using var file = SafetensorsFile.Open(bytes, "x");
        Assert.Contains(
            "'model.decoder.norm.weight'",
            Assert.Throws<InputException>(() => SanCheckpoint.LoadSafetensors(file, Config, "x")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_other_lengths_than_the_config_asks_for_cannot_be_put_together()
    {
        var values = TestCheckpoints.Tensors().ToDictionary(t => t.Key, t => t.Value.Values);
        values["model.encoder.layers.0.self_attn.q_norm.weight"] = new float[5];

        var error = Assert.Throws<ArgumentException>(() => SanTensors.Assemble(Config, values));

        Assert.Contains("model.encoder.layers.0.self_attn.q_norm.weight", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tokenizer.model")]
    [InlineData("tokenizer/needle.model")]
    [InlineData("needle.model")]
    public void The_tokenizer_is_found_wherever_it_is_published(string name)
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<InputException>(() => SanCheckpoint.FindTokenizer(folder.Path));
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
        File.WriteAllText(folder.File(name), "t");

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Equal(folder.File(name), SanCheckpoint.FindTokenizer(folder.Path));
    }

    [Fact]
    public void A_folder_without_its_files_is_refused()
    {
        using var folder = new TemporaryFolder();
        SanCheckpoint.Save(TestCheckpoints.Weights(), folder.File("m"), SafetensorsDtype.F32);

        Assert.Equal(folder.File("no"), Assert.Throws<InputException>(() => SanCheckpoint.Load(folder.File("no"))).File);
        Assert.Contains("a file, not", Assert.Throws<InputException>(() => SanCheckpoint.Load(folder.File("m/config.json"))).Message, StringComparison.Ordinal);
        File.Delete(folder.File("m/model.safetensors"));
        Assert.Contains("no model.safetensors", Assert.Throws<InputException>(() => SanCheckpoint.Load(folder.File("m"))).Message, StringComparison.Ordinal);
    }

    static SanWeights Load(Dictionary<string, (int[] Shape, float[] Values)> tensors)
    {
        using var file = SafetensorsFile.Open(TestCheckpoints.Safetensors(tensors), "x");
        return SanCheckpoint.LoadSafetensors(file, Config, "x");
    }

    static string Refusal(Dictionary<string, (int[] Shape, float[] Values)> tensors) => Assert.Throws<InputException>(() => Load(tensors)).Message;

    static void AssertAttention(SafetensorsFile file, string name, AttentionWeights attention)
    {
        AssertTensor(file, $"{name}.q_proj.weight", attention.Query);
        AssertTensor(file, $"{name}.k_proj.weight", attention.Key);
        AssertTensor(file, $"{name}.v_proj.weight", attention.Value);
        AssertTensor(file, $"{name}.out_proj.weight", attention.Output);
        AssertTensor(file, $"{name}.q_norm.weight", attention.QueryNorm);
        AssertTensor(file, $"{name}.k_norm.weight", attention.KeyNorm);
    }

    static void AssertTensor(SafetensorsFile file, string name, float[] actual)
    {
        var expected = new float[file.Tensors[name].Count];
        file.Read(name, expected);
        Assert.Equal(expected, actual);
    }
}
