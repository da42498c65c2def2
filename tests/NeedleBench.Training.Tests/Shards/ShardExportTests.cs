using NeedleBench.Tokenizers;
using NeedleBench.Training.Network;
using NeedleBench.Training.Recipes;
using NeedleBench.Training.Shards;
using NeedleBench.Training.Synthesis;
using NeedleBench.Training.Tests.Synthesis;

namespace NeedleBench.Training.Tests.Shards;

public sealed class ShardExportTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_position_is_the_example_of_its_index_at_the_hardness_of_its_step()
    {
        Export("a", new ShardExportOptions { First = 24, Examples = 90, ShardSize = 40, Threads = 2 });

        var read = Enumerable.Range(0, 3).Select(i => ShardFile.Read(_folder.File($"a/shard-0000{i}.bin"))).ToList();
        Assert.Equal([24, 64, 104], read.Select(s => s.First));
        Assert.Equal([40, 40, 10], read.Select(s => s.Examples.Count));
        Assert.False(File.Exists(_folder.File("a/shard-00003.bin")));

        // 16 examples a step: stages change at 32 and at 64.
        var tokens = new ExampleTokens(SentencePieceTokenizer.Load(ExportRecipe.Tokenizer), new TokenRoleWeights());
        ExampleSynthesiser[] stages = [Synthesiser(1, 0), Synthesiser(2, 0.2), Synthesiser(4, 0.7)];
        foreach (var (i, example) in read.SelectMany(s => s.Examples).Index())
        {
            var index = 24 + i;
            AssertSame(tokens.TryEncode(stages[index < 32 ? 0 : index < 64 ? 1 : 2].Create(index), out var expected) ? expected : null, example);
        }
    }

    [Fact]
    public void Any_number_of_threads_writes_the_same_bytes()
    {
        var options = new ShardExportOptions { Examples = 700, ShardSize = 600 };
        Export("one", options with { Threads = 1 });
        Export("three", options with { Threads = 3 });

        var files = Directory.GetFiles(_folder.File("one")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["manifest.json", "shard-00000.bin", "shard-00001.bin", "tokenizer.model"], files);
        Assert.All(files, f => Assert.Equal(File.ReadAllBytes(_folder.File($"one/{f}")), File.ReadAllBytes(_folder.File($"three/{f}"))));
    }

    [Fact]
    public void Evaluation_examples_are_others_than_those_of_training()
    {
        Export("train", new ShardExportOptions { Examples = 30 });
        Export("held-out", new ShardExportOptions { Examples = 30, HeldOut = true });

        var sets = new[] { "train", "held-out" }.Select(f => ShardFile.Read(_folder.File($"{f}/shard-00000.bin")).Examples.OfType<TrainingExample>()
            .Where(e => e.Pair is not null).Select(e => string.Join(' ', e.Pair!.Query)).ToHashSet()).ToList();
        Assert.Empty(sets[0].Intersect(sets[1]));
    }

    [Fact]
    public void An_interrupted_export_goes_on_and_keeps_what_it_has()
    {
        var options = new ShardExportOptions { Examples = 60, ShardSize = 20 };
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Export("a", options, _ => stop.Cancel(), stop.Token));
        Assert.False(File.Exists(_folder.File("a/shard-00001.bin")));
        File.SetLastWriteTimeUtc(_folder.File("a/shard-00000.bin"), DateTime.UnixEpoch);

        Export("a", options);
        Export("b", options);
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(_folder.File("a/shard-00000.bin")));
        Assert.Equal(File.ReadAllBytes(_folder.File("b/shard-00002.bin")), File.ReadAllBytes(_folder.File("a/shard-00002.bin")));
    }

    [Fact]
    public void A_folder_with_another_export_is_refused_and_left_as_it_is()
    {
        Export("a", new ShardExportOptions { Examples = 20 });
        var before = File.ReadAllBytes(_folder.File("a/manifest.json"));

        var refusal = Assert.Throws<InputException>(() => Export("a", new ShardExportOptions { Examples = 21 }));
        Assert.Contains("another export", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder.File("a/manifest.json")));
    }

    [Theory]
    [InlineData(0, 0, 10, 1)]
    [InlineData(5, -1, 10, 1)]
    [InlineData(5, 0, 0, 1)]
    [InlineData(5, 0, ShardExportOptions.MaxShardSize + 1, 1)]
    [InlineData(5, 0, 10, 0)]
    [InlineData(1_000_000, 0, 1, 1)]
    public void A_number_out_of_its_range_is_refused_before_anything_is_written(long examples, long first, int size, int threads)
    {
        Assert.Throws<InputException>(() => Export("a", new ShardExportOptions { Examples = examples, First = first, ShardSize = size, Threads = threads }));
        Assert.False(Directory.Exists(_folder.File("a")));
    }

    [Fact]
    public void A_recipe_whose_retrieval_lessons_would_be_lost_is_refused_before_anything_is_written()
    {
        var recipe = ExportRecipe.Create() with { RetrievalLessons = new RetrievalLessons(Steps: 2, Requests: 4) };

        var refusal = Assert.Throws<InputException>(() => new ShardExport(recipe, TestCorpus.Repository, new ShardExportOptions { Examples = 5 })
            .Run(_folder.File("a"), ExportRecipe.Tokenizer, null, default));
        Assert.Contains("retrievalLessons", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("a")));
    }

    [Fact]
    public void A_tokenizer_that_is_none_or_of_another_size_is_refused_by_its_file()
    {
        File.WriteAllText(_folder.File("none.model"), "nothing");
        var options = new ShardExportOptions { Examples = 5 };
        var none = Assert.Throws<InputException>(() => new ShardExport(ExportRecipe.Create(), TestCorpus.Repository, options)
            .Run(_folder.File("a"), _folder.File("none.model"), null, default));
        Assert.Contains("none.model", none.Message, StringComparison.Ordinal);

        var size = Assert.Throws<InputException>(() => new ShardExport(ExportRecipe.Create() with { VocabularySize = 5000 }, TestCorpus.Repository, options)
            .Run(_folder.File("a"), ExportRecipe.Tokenizer, null, default));
        Assert.Contains("4096", size.Message, StringComparison.Ordinal);
        Assert.Contains("5000", size.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(-1)]
    public void A_shard_that_was_cut_is_refused(int bytes)
    {
        Export("a", new ShardExportOptions { Examples = 5 });
        var file = _folder.File("a/shard-00000.bin");
        var whole = File.ReadAllBytes(file);
        File.WriteAllBytes(file, whole[..(bytes < 0 ? whole.Length + bytes : bytes)]);

        Assert.Contains("shard-00000.bin", Assert.Throws<InputException>(() => ShardFile.Read(file)).Message, StringComparison.Ordinal);
    }

    void Export(string name, ShardExportOptions options, Action<int>? wrote = null, CancellationToken cancellationToken = default) =>
        new ShardExport(ExportRecipe.Create(), TestCorpus.Repository, options).Run(_folder.File(name), ExportRecipe.Tokenizer, wrote, cancellationToken);

    static ExampleSynthesiser Synthesiser(int mostTools, double difficulty) => new(
        new TrainingCorpus([.. TestCorpus.Repository.Categories.Where(c => c.Name == ExportRecipe.Category)]),
        new SynthesisOptions { MostTools = mostTools, Difficulty = difficulty, Rename = 0, InventNames = 0, Artificial = 0 },
        seed: 7);

    static void AssertSame(TrainingExample? expected, TrainingExample? actual)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is null || actual is null)
        {
            return;
        }

        Assert.Equal(expected.Encoder, actual.Encoder);
        Assert.Equal(expected.DecoderInput, actual.DecoderInput);
        Assert.Equal(expected.Targets, actual.Targets);
        Assert.Equal(expected.Weights, actual.Weights);
        Assert.Equal(expected.Pair?.Query, actual.Pair?.Query);
        Assert.Equal(expected.Pair?.Tool, actual.Pair?.Tool);
    }
}
