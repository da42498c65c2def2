using System.Text.Json;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Statistics;

namespace NeedleBench.EndToEnd.Tests;

/// <summary>Models behind a server on the loopback interface, as the command runs them.</summary>
public sealed class OpenAiModelTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public OpenAiModelTests() => File.WriteAllText(_folder.File("tools.json"), ScriptedTeacher.Tools);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_model_behind_a_server_answers_a_call()
    {
        using var server = new LoopbackChatServer(
            ChatServerReply.Error(500),
            ChatServerReply.Stream(
                ChatServerReply.CallDelta(0, "setTimer", "{\"minu"), ChatServerReply.CallDelta(0, null, "tes\":10}"),
                ChatServerReply.Finish("tool_calls"), ChatServerReply.Usage(57, 12)));

        var result = await NeedleBenchCommand.RunAsync(
            "call", "--query", "ten minutes", "--tools", _folder.File("tools.json"), "--json", "--model", $"openai:{server.Address}?model=m&retry_delay=0");

        Assert.True(result.ExitCode == 0, result.Error);
        var answer = JsonElement.Parse(result.Output);
        Assert.Equal("""[{"name":"setTimer","arguments":{"minutes":10}}]""", answer.GetProperty("calls").GetRawText());
        Assert.Equal(12, answer.GetProperty("timing").GetProperty("generatedTokens").GetInt32());
    }

    [Fact]
    public async Task A_run_records_answers_unreadable_arguments_and_errors_each_as_what_they_are()
    {
        using var server = new LoopbackChatServer(
            ChatServerReply.Text("I cannot do that."), // the warm-up
            ChatServerReply.Text("I cannot do that."),
            ChatServerReply.Stream(ChatServerReply.CallDelta(0, "send_message", "{\"to\":"), ChatServerReply.Finish("tool_calls")),
            ChatServerReply.Error(400));

        var result = await NeedleBenchCommand.RunAsync(
            "run", "--no-baselines", "--suite", "messaging", "--limit", "3", "--results", _folder.Path, "--name", "remote",
            "--model", $"openai:{server.Address}?model=m&retry_delay=0");

        Assert.True(result.ExitCode == 1, result.Error);
        var predictions = RunReader.Read(_folder.File("remote")).Predictions;
        Assert.Equal(3, predictions.Count);
        Assert.Equal(("I cannot do that.", null, null), (predictions[0].Text, predictions[0].Failure, predictions[0].Error));
        Assert.Equal((31, 7), (predictions[0].Timing.PromptTokens, predictions[0].Timing.GeneratedTokens));
        Assert.Equal((ParseFailureKind.NotACall, "send_message({\"to\":)"), (predictions[1].Failure!.Kind, predictions[1].Text));
        Assert.Contains("scripted 400", predictions[2].Error!, StringComparison.Ordinal);
        Assert.Equal(3, ScoreFiles.ReadSummary(_folder.File("remote")).Models[0].Overall.Cases);
    }
}
