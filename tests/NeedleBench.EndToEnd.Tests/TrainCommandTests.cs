using System.Text.Json;

namespace NeedleBench.EndToEnd.Tests;

public sealed class TrainCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_recipe_makes_a_checkpoint_that_opens_and_a_longer_one_goes_on_from_it()
    {
        WriteRecipe(steps: 4);
        var first = await NeedleBenchCommand.RunAsync("train", "--recipe", _folder.File("r.json"), "--out", _folder.File("model"));
        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Equal(["0", "1", "after 2", "2", "3", "after 4"], LogLines());

        var again = await NeedleBenchCommand.RunAsync("train", "--recipe", _folder.File("r.json"), "--out", _folder.File("model"));
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("--resume", again.Error, StringComparison.Ordinal);

        WriteRecipe(steps: 6);
        var resumed = await NeedleBenchCommand.RunAsync("train", "--recipe", _folder.File("r.json"), "--out", _folder.File("model"), "--resume");
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.Equal(["0", "1", "after 2", "2", "3", "after 4", "4", "5", "after 6"], LogLines());

        Assert.Contains("after 6 steps", File.ReadAllText(_folder.File("model/learning-curve.svg")), StringComparison.Ordinal);

        var inspect = await NeedleBenchCommand.RunAsync("models", "inspect", _folder.File("model"));
        Assert.True(inspect.ExitCode == 0, inspect.Error);
        Assert.Contains("2 encoder, 1 decoder", inspect.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"x","hiddenSizes":64}""", "hiddenSizes")]
    [InlineData("{nope", "cannot be read")]
    public async Task A_recipe_that_is_none_is_refused_by_its_file(string text, string part)
    {
        File.WriteAllText(_folder.File("r.json"), text);
        var result = await NeedleBenchCommand.RunAsync("train", "--recipe", _folder.File("r.json"), "--out", _folder.File("model"));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("r.json", result.Error, StringComparison.Ordinal);
        Assert.Contains(part, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("model")));
    }

    [Fact]
    public async Task A_tokenizer_is_trained_on_text_files()
    {
        File.WriteAllLines(_folder.File("t.txt"), Enumerable.Range(0, 200).Select(i => $"set a timer for {i} minutes and call it tea number {i}"));
        var result = await NeedleBenchCommand.RunAsync("tokenizer", "train", _folder.File("t.txt"), "--vocabulary", "300", "--out", _folder.File("tokenizer.model"));

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("300 pieces", result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("tokenizer.model")));
    }

    IEnumerable<string> LogLines() => File.ReadLines(_folder.File("model/log.jsonl")).Select(line =>
    {
        var fields = JsonDocument.Parse(line).RootElement;
        return fields.TryGetProperty("step", out var step) ? $"{step}" : $"after {fields.GetProperty("evaluatedAfter")}";
    });

    void WriteRecipe(int steps) => File.WriteAllText(
        _folder.File("r.json"),
        $$"""
        {"name":"r","hiddenSize":64,"heads":4,"keyValueHeads":2,"encoderLayers":2,"decoderLayers":1,"vocabularySize":600,
         "steps":{{steps}},"batchSize":4,"categories":["smart_home"],"toolsPerCategory":3,"mostTools":2,"checkpointEvery":2,"evaluationExamples":2,"warmup":1}
        """);
}
