using System.Text;
using NeedleBench.San.Checkpoints;

namespace NeedleBench.San.Tests.Checkpoints;

public class SanConfigTests
{
    const string Hugging = """
        {"model_type":"needle","vocab_size":100,"hidden_size":16,"num_attention_heads":4,"num_key_value_heads":2,
         "num_encoder_layers":3,"num_decoder_layers":2,"rope_theta":500000.0,"rms_norm_eps":1e-05,"head_dim":4,
         "pad_token_id":10,"eos_token_id":11,"bos_token_id":12,"unk_token_id":13,"decoder_start_token_id":14}
        """;

    const string Flax = """
        {"vocab_size":100,"d_model":16,"num_heads":4,"num_kv_heads":2,"num_encoder_layers":3,"num_decoder_layers":2}
        """;

    [Fact]
    public void Reads_every_key_of_the_authors_spelling()
    {
        var expected = new SanConfig
        {
            HiddenSize = 16,
            Heads = 4,
            KeyValueHeads = 2,
            EncoderLayers = 3,
            DecoderLayers = 2,
            VocabularySize = 100,
            RopeTheta = 500000,
            NormEpsilon = 1e-5f,
            PadId = 10,
            EosId = 11,
            BosId = 12,
            UnknownId = 13,
            DecoderStartId = 14,
        };

        var config = Parse(Hugging);

        Assert.Equal(expected, config);
        Assert.Equal((4, 8), (config.HeadSize, config.KeyValueSize));
    }

    [Fact]
    public void The_other_spelling_and_the_defaults_are_read()
    {
        var config = Parse(Flax);

        Assert.Equal((16, 4, 2), (config.HiddenSize, config.Heads, config.KeyValueHeads));
        Assert.Equal((10000, 1e-6f), (config.RopeTheta, config.NormEpsilon));
        Assert.Equal((0, 1, 2, 3, 1), (config.PadId, config.EosId, config.BosId, config.UnknownId, config.DecoderStartId));
    }

    [Fact]
    public void The_retrieval_heads_width_is_a_quarter_unless_it_is_given()
    {
        Assert.Equal(4, RetrievalHeadWeights.HiddenWidth(Parse(Flax)));
        Assert.Equal(24, RetrievalHeadWeights.HiddenWidth(Parse(Flax.Replace("{", "{\"retrieval_hidden_size\":24,", StringComparison.Ordinal))));
    }

    [Fact]
    public void Two_spellings_that_agree_are_one_key() =>
        Assert.Equal(16, Parse(Flax.Replace("{", "{\"hidden_size\":16,", StringComparison.Ordinal)).HiddenSize);

    [Theory]
    [InlineData("\"hidden_size\":16", "\"hidden_size\":16,\"d_model\":32", "d_model")]
    [InlineData("\"num_attention_heads\":4", "\"num_attention_heads\":4,\"num_heads\":2", "num_heads")]
    [InlineData("\"num_key_value_heads\":2", "\"num_key_value_heads\":2,\"num_kv_heads\":4", "num_kv_heads")]
    [InlineData("\"hidden_size\":16,", "", "hidden_size")]
    [InlineData("\"vocab_size\":100,", "", "vocab_size")]
    [InlineData("\"num_encoder_layers\":3,", "", "num_encoder_layers")]
    [InlineData("\"num_decoder_layers\":2,", "\"num_decoder_layers\":null,", "num_decoder_layers")]
    [InlineData("\"hidden_size\":16", "\"hidden_size\":0", "hidden_size")]
    [InlineData("\"hidden_size\":16", "\"hidden_size\":-16", "hidden_size")]
    [InlineData("\"hidden_size\":16", "\"hidden_size\":16388", "hidden_size")]
    [InlineData("\"hidden_size\":16", "\"hidden_size\":9223372036854775808", "hidden_size")]
    [InlineData("\"hidden_size\":16", "\"hidden_size\":4294967312", "hidden_size")]
    [InlineData("\"hidden_size\":16", "\"hidden_size\":16.5", "hidden_size")]
    [InlineData("\"hidden_size\":16", "\"hidden_size\":\"16\"", "hidden_size")]
    [InlineData("\"hidden_size\":16", "\"hidden_size\":[16]", "hidden_size")]
    [InlineData("\"hidden_size\":16", "\"hidden_size\":12,\"hidden_size\":16", "hidden_size")]
    [InlineData("\"hidden_size\":16", "\"hidden_size\":18", "num_attention_heads")]
    [InlineData("\"hidden_size\":16", "\"hidden_size\":12", "head size")]
    [InlineData("\"num_key_value_heads\":2", "\"num_key_value_heads\":3", "num_key_value_heads")]
    [InlineData("\"num_encoder_layers\":3", "\"num_encoder_layers\":257", "num_encoder_layers")]
    [InlineData("\"vocab_size\":100", "\"vocab_size\":10000000", "vocab_size")]
    [InlineData("\"vocab_size\":100", "\"vocab_size\":14", "decoder_start_token_id")]
    [InlineData("\"eos_token_id\":11", "\"eos_token_id\":-1", "eos_token_id")]
    [InlineData("\"eos_token_id\":11", "\"eos_token_id\":[11]", "eos_token_id")]
    [InlineData("\"head_dim\":4", "\"retrieval_hidden_size\":0", "retrieval_hidden_size")]
    [InlineData("\"head_dim\":4", "\"retrieval_hidden_size\":\"16\"", "retrieval_hidden_size")]
    [InlineData("\"rope_theta\":500000.0", "\"rope_theta\":0", "rope_theta")]
    [InlineData("\"rope_theta\":500000.0", "\"rope_theta\":1e999", "rope_theta")]
    [InlineData("\"rope_theta\":500000.0", "\"rope_theta\":true", "rope_theta")]
    [InlineData("\"rms_norm_eps\":1e-05", "\"rms_norm_eps\":-1e-05", "rms_norm_eps")]
    [InlineData("\"head_dim\":4", "\"head_dim\":8", "head_dim")]
    [InlineData("\"model_type\":\"needle\"", "\"model_type\":\"t5\"", "model_type")]
    [InlineData("\"head_dim\":4", "\"tie_word_embeddings\":false", "tie_word_embeddings")]
    [InlineData("\"head_dim\":4", "\"no_feedforward\":false", "no_feedforward")]
    [InlineData("\"head_dim\":4", "\"rope_scaling\":{\"factor\":2}", "rope_scaling")]
    public void Refuses_what_is_impossible_and_names_file_and_key(string from, string to, string named)
    {
        Assert.Contains(from, Hugging, StringComparison.Ordinal);

        var error = Assert.Throws<InputException>(() => Parse(Hugging.Replace(from, to, StringComparison.Ordinal)));

        Assert.Equal("c.json", error.File);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"vocab_size\":")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"model_type\":\"\\ud800\"}")]
    public void Refuses_what_is_no_JSON_object(string text) =>
        Assert.Contains("JSON", Assert.Throws<InputException>(() => Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Refuses_bytes_that_are_not_UTF8() =>
        Assert.Contains("UTF-8", Assert.Throws<InputException>(() => SanConfig.Parse([(byte)'{', 0xFF, (byte)'}'], "c.json")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(folder.File("config.json"), Assert.Throws<InputException>(() => SanConfig.Read(folder.File("config.json"))).File);
    }

    [SharedFact("models/san-nano")]
    public void Writes_the_file_that_the_authors_layout_has_byte_for_byte()
    {
        var path = RepositoryFiles.InShared("models/san-nano/config.json");
        using var written = new MemoryStream();

        SanConfig.Read(path).Write(written);

        Assert.Equal(File.ReadAllText(path), Encoding.UTF8.GetString(written.ToArray()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(24)]
    public void What_is_written_reads_back_the_same(int? retrieval)
    {
        var config = Parse(Hugging) with { RopeTheta = 12345.678, NormEpsilon = 3e-7f, RetrievalHiddenSize = retrieval };
        using var written = new MemoryStream();

        config.Write(written);

        Assert.Equal(config, SanConfig.Parse(written.ToArray(), "c.json"));
    }

    static SanConfig Parse(string json) => SanConfig.Parse(Encoding.UTF8.GetBytes(json), "c.json");
}
