using System.Text.Json;

namespace NeedleBench.EndToEnd.Tests;

public sealed class KillTrainingTests : IDisposable
{
    const int Steps = 200;

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_while_it_trains_and_resumed_a_run_comes_to_the_bits_of_one_that_was_not()
    {
        File.WriteAllText(
            _folder.File("r.json"),
            $$"""
            {"name":"r","hiddenSize":64,"heads":4,"keyValueHeads":2,"encoderLayers":1,"decoderLayers":1,"vocabularySize":600,
             "steps":{{Steps}},"batchSize":2,"categories":["smart_home"],"toolsPerCategory":2,"mostTools":2,"artificial":0,
             "checkpointEvery":20,"evaluationExamples":1,"warmup":10,"int4NoiseEvery":3}
            """);
        var unbroken = await NeedleBenchCommand.RunAsync(Train("unbroken"));
        Assert.True(unbroken.ExitCode == 0, unbroken.Error);

        // Before the first checkpoint, between two, and as soon as step 160's line stands there behind those of 7 evaluations,
        // which is while the checkpoint is written.
        foreach (var lines in (int[])[7, 110, 160 + 7])
        {
            await KillAtAsync(lines);
        }

        var last = await NeedleBenchCommand.RunAsync(Train("killed"));

        Assert.True(last.ExitCode == 0, last.Error);
        foreach (var file in (string[])["model.safetensors", "tokenizer.model", "state/model.safetensors", "state/optimiser.safetensors"])
        {
            Assert.True(
                File.ReadAllBytes(_folder.File($"unbroken/{file}")).AsSpan().SequenceEqual(File.ReadAllBytes(_folder.File($"killed/{file}"))),
                $"{file} differs");
        }

        Assert.Equal(Enumerable.Range(0, Steps), Log("killed").Where(l => l.TryGetProperty("step", out _)).Select(l => l.GetProperty("step").GetInt32()));
        Assert.Equal(Log("unbroken").Select(WithoutTime), Log("killed").Select(WithoutTime));
    }

    async Task KillAtAsync(int lines)
    {
        using var process = NeedleBenchCommand.Start(Train("killed"));
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        await PredictionFile.WaitForLinesAsync(_folder.File("killed/log.jsonl"), lines, process);
        Assert.False(process.HasExited, "the run ended before it could be killed: give it more steps");
        process.Kill(); // SIGKILL: nothing is flushed, nothing is cleaned up
        await process.WaitForExitAsync();
    }

    string[] Train(string model) =>
        ["train", "--recipe", _folder.File("r.json"), "--out", _folder.File(model), "--threads", "1", "--resume"];

    List<JsonElement> Log(string model) =>
        [.. File.ReadLines(_folder.File($"{model}/log.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];

    static string WithoutTime(JsonElement line) =>
        string.Join(' ', line.EnumerateObject().Where(p => p.Name != "seconds").Select(p => $"{p.Name}={p.Value}"));
}
