using NeedleBench.San.Checkpoints;

namespace NeedleBench.San.Tests.Checkpoints;

public class NeedlePickleImportTests
{
    [SharedFact("golden/needle-pickle")]
    public void The_pickles_of_all_three_protocols_hold_the_checkpoint_to_half_precision()
    {
        var expected = SanTensors.Of(SanCheckpoint.Load(RepositoryFiles.InShared("golden/san-tiny"))).ToArray();

        foreach (var protocol in new[] { 2, 4, 5 })
        {
            var weights = NeedlePickleImport.Import(RepositoryFiles.InShared($"golden/needle-pickle/needle-protocol{protocol}.pkl"));

            Assert.Empty(weights.UnknownTensors);
            var actual = SanTensors.Of(weights).ToArray();
            Assert.Equal(expected.Select(t => t.Name), actual.Select(t => t.Name));
            foreach (var (want, got) in expected.Zip(actual))
            {
                // Half a unit in the last place of float16: 2^-11 of the value, 2^-25 where it is subnormal.
                var worst = want.Values.Zip(got.Values).Max(p => MathF.Abs(p.First - p.Second) - (MathF.Abs(p.First) / 2048) - 3e-8f);
                Assert.True(worst <= 0, $"protocol {protocol}, {want.Name}: {worst} beyond rounding");
            }
        }
    }

    [SharedFact("golden/needle-pickle")]
    public void The_config_of_a_pickle_is_read()
    {
        var config = NeedlePickleImport.Import(RepositoryFiles.InShared("golden/needle-pickle/needle-protocol4.pkl")).Config;

        Assert.Equal(SanConfig.Read(RepositoryFiles.InShared("golden/san-tiny/config.json")), config);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    public void Every_leaf_lands_in_its_place(int protocol)
    {
        var expected = SanTensors.Of(TestCheckpoints.Weights()).ToArray();

        var weights = NeedlePickleImport.Import(PickleBuilder.Needle(protocol), "p.pkl");

        Assert.Equal(TestCheckpoints.Config, weights.Config);
        Assert.Empty(weights.UnknownTensors);
        Assert.All(expected.Zip(SanTensors.Of(weights)), pair =>
        {
            Assert.Equal(pair.First.Name, pair.Second.Name);
            Assert.Equal(pair.First.Values, pair.Second.Values);
        });
    }

    [Fact]
    public void A_pickle_that_was_imported_and_saved_loads_the_same()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("needle.pkl"), PickleBuilder.Needle(4));

        var weights = NeedlePickleImport.Import(folder.File("needle.pkl"));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
        SanCheckpoint.Save(weights, folder.File("m"), SafetensorsDtype.F32);

        Assert.All(
            SanTensors.Of(weights).Zip(SanTensors.Of(SanCheckpoint.Load(folder.File("m")))), pair => Assert.Equal(pair.First.Values, pair.Second.Values));
    }

    [Fact]
    public void Leaves_we_do_not_know_are_reported()
    {
        var pickle = PickleBuilder.Needle(4, extra: p => p.Text("mystery").Raw("}").Text("bias").Halves([1], [1]).Raw("s").Text("note").Text("x"));

        Assert.Equal(["mystery/bias", "note"], NeedlePickleImport.Import(pickle, "p.pkl").UnknownTensors);
    }

    [Fact]
    public void Without_a_retrieval_head_there_is_none()
    {
        var pickle = PickleBuilder.Needle(4, leaveOut: path => path is "kernel" or "bias" or "contrastive_proj/kernel");

        Assert.Null(NeedlePickleImport.Import(pickle, "p.pkl").Retrieval);
    }

    [Fact]
    public void Missing_leaves_wrong_shapes_and_infinities_are_named()
    {
        var missing = PickleBuilder.Needle(4, leaveOut: path => path == "final_norm/scale");
        var shape = PickleBuilder.Needle(
            4, leaveOut: path => path == "embedding/embedding", extra: p => p.Text("embedding").Raw("}").Text("embedding").Halves([8, 12], new float[96]).Raw("s"));
        var infinite = PickleBuilder.Needle(
            4,
            leaveOut: path => path == "embedding/embedding",
            extra: p => p.Text("embedding").Raw("}").Text("embedding").Halves([12, 8], [.. new float[95], float.PositiveInfinity]).Raw("s"));

        Assert.Contains("'encoder/final_norm/scale'", Refusal(missing), StringComparison.Ordinal);
        Assert.Contains("'embedding/embedding' has the shape [8, 12], the config asks for [12, 8]", Refusal(shape), StringComparison.Ordinal);
        Assert.Contains("'embedding/embedding'", Refusal(infinite), StringComparison.Ordinal);
    }

    [Fact]
    public void Pickles_of_something_else_are_refused()
    {
        Assert.Contains("'params'", Refusal(new PickleBuilder().Raw("N").Stop()), StringComparison.Ordinal);
        Assert.Contains("'params'", Refusal(new PickleBuilder().Raw("}").Text("params").Raw("}s").Stop()), StringComparison.Ordinal);
        Assert.Contains(
            "hidden_size", Refusal(new PickleBuilder().Raw("}(").Text("params").Raw("}").Text("config").Raw("}u").Stop()), StringComparison.Ordinal);
    }

    [Fact]
    public void Long_names_shared_by_many_leaves_do_not_fill_the_memory()
    {
        var pickle = new PickleBuilder().Raw("}(").Text("config").Raw("}(");
        foreach (var key in new[] { "vocab_size", "d_model", "num_heads", "num_kv_heads", "num_encoder_layers", "num_decoder_layers" })
        {
            pickle.Text(key).Int(key == "vocab_size" ? 12 : key == "d_model" ? 8 : 1);
        }

        pickle.Raw("u").Text("params").Raw("}").Text(new string('k', 1 << 20)).Raw("}(");
        for (var i = 0; i < 5000; i++)
        {
            pickle.Text($"{i}").Raw("N");
        }

        Assert.Contains("names longer", Refusal(pickle.Raw("usu").Stop()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    public void Every_truncation_is_refused(int protocol)
    {
        var pickle = PickleBuilder.Needle(protocol);

        for (var length = 0; length < pickle.Length; length++)
        {
            Refusal(pickle[..length]);
        }
    }

    [Fact]
    public void Twenty_thousand_damaged_pickles_do_nothing_but_be_refused_or_imported()
    {
        var random = new Random(20260102);
        byte[][] sound = [PickleBuilder.Needle(2), PickleBuilder.Needle(4), PickleBuilder.Needle(5)];
        var (refused, imported) = (0, 0);
        for (var round = 0; round < 20_000; round++)
        {
            var pickle = sound[round % sound.Length];
            try
            {
                NeedlePickleImport.Import(Mutation.Of(pickle, pickle.Length, random), "p.pkl");
                imported++;
            }
            catch (InputException)
            {
                refused++;
            }
        }

        Assert.Equal(20_000, refused + imported);
        Assert.True(refused > 5000 && imported > 500, $"{refused} refused, {imported} imported: the damage is too strong or too weak to test anything");
    }

    static string Refusal(byte[] pickle)
    {
        var error = Assert.Throws<InputException>(() => NeedlePickleImport.Import(pickle, "p.pkl"));
        Assert.Equal("p.pkl", error.File);
        return error.Message;
    }
}
