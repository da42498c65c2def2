using System.Text.Json;
using NeedleBench.Harness.Schemas;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.EndToEnd.Tests;

/// <summary>A teacher behind a server on the loopback interface that does everything wrong once.</summary>
public sealed class SynthesizeCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly ScriptedTeacher _good = new();

    public SynthesizeCommandTests() => File.WriteAllText(_folder.File("tools.json"), ScriptedTeacher.Tools);

    string Output => _folder.File("data.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reaches_its_count_through_every_fault_and_says_what_was_rejected_and_why()
    {
        using var server = new LoopbackChatServer(Answer);

        var result = await SynthesizeAsync(server, 48);

        Assert.True(result.ExitCode == 0, result.Error);
        var examples = NeedleJsonl.Read(Output).ToList();
        Assert.Equal(48, examples.Count);
        Assert.Equal(48, examples.Select(e => e.Query.ToUpperInvariant()).Distinct().Count());
        Assert.All(examples, e => Assert.All(e.Calls, c => Assert.Empty(ToolSchemaValidator.Validate(e.Tools.First(t => t.Name == c.Name).Schema, c.Arguments))));
        var rows = Rows(result.Output);
        Assert.Equal(48, rows["accepted"]);
        Assert.Equal(rows["asked for"], rows["accepted"] + rows.Where(r => r.Key.StartsWith("rejected", StringComparison.Ordinal)).Sum(r => r.Value));
        Assert.Equal(
            ["answer cut in the middle", "prose without JSON", "malformed JSON", "arguments break the schema", "text not in the request", "duplicate request"],
            rows.Keys.Where(k => k.StartsWith("rejected: ", StringComparison.Ordinal)).Select(k => k["rejected: ".Length..]));
        Assert.Equal((1, 1), (rows["rejected: arguments break the schema"], rows["rejected: text not in the request"]));
    }

    [Fact]
    public async Task A_file_that_exists_is_refused_and_resumed_only_when_asked()
    {
        using var server = new LoopbackChatServer(request => ChatServerReply.Text(_good.Answer(request.LastMessage)));
        var first = await SynthesizeAsync(server, 20);
        var before = File.ReadAllText(Output);
        var refused = await SynthesizeAsync(server, 30);
        var between = File.ReadAllText(Output);
        var resumed = await SynthesizeAsync(server, 30, "--resume");

        Assert.Equal((0, 2, 0), (first.ExitCode, refused.ExitCode, resumed.ExitCode));
        Assert.Contains("--resume", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, between);
        Assert.StartsWith(before, File.ReadAllText(Output), StringComparison.Ordinal);
        Assert.Equal(10, Rows(resumed.Output)["accepted"]);
        Assert.Equal(30, NeedleJsonl.Read(Output).Select(e => e.Query).Distinct().Count());
    }

    [Fact]
    public async Task A_teacher_that_brings_nothing_ends_the_run_and_what_was_written_stays()
    {
        using var server = new LoopbackChatServer(request =>
            request.Number < 2 ? ChatServerReply.Text(_good.Answer(request.LastMessage)) : ChatServerReply.Error(503));

        var result = await SynthesizeAsync(server, 48, "--give-up-after", "2");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("scripted 503", result.Error, StringComparison.Ordinal);
        Assert.Contains("--resume", result.Error, StringComparison.Ordinal);
        Assert.Equal(4, NeedleJsonl.Read(Output).Count());
    }

    [Theory]
    [InlineData("san:san-nano", "openai")]
    [InlineData("openai:http://127.0.0.1:1/v1?model=m&retries=0", "http://127.0.0.1:1/v1")]
    public async Task A_teacher_that_cannot_teach_is_refused_and_nothing_is_written(string teacher, string named)
    {
        var result = await NeedleBenchCommand.RunAsync(
            "synthesize", "--tools", _folder.File("tools.json"), "--count", "8", "--teacher", teacher, "--out", Output);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Output));
    }

    // Requests 0 to 4 meet faults that the client tries again after; each of the next ones spoils a batch or an example.
    ChatServerReply Answer(ChatServerRequest request)
    {
        var prompt = request.LastMessage;
        return request.Number switch
        {
            0 => ChatServerReply.Silence,
            1 => ChatServerReply.Error(429, "Retry-After: 0"),
            2 => ChatServerReply.Error(500),
            3 => ChatServerReply.Unfinished(ChatServerReply.Delta(new { content = "[{" })),
            4 => ChatServerReply.Unfinished(ChatServerReply.Delta(new { content = "[{" })) with { IsCut = true },
            5 => ChatServerReply.Text(_good.Answer(prompt), finish: "length"),
            6 => ChatServerReply.Text("As a language model, I would rather not."),
            7 => ChatServerReply.Text(_good.Answer(prompt).Replace("\"calls\"", "calls", StringComparison.Ordinal)),
            8 => ChatServerReply.Text($"Of course! Here you are:\n```json\n{_good.Answer(prompt)}\n```\nAnything else?"),
            _ => ChatServerReply.Text(Spoiled(prompt)),
        };
    }

    bool _schemaBroken;
    bool _textInvented;
    string? _repeated;

    string Spoiled(string prompt)
    {
        var examples = _good.Examples(prompt);
        var tool = ScriptedTeacher.Focus(prompt);
        if (ScriptedTeacher.Style(prompt) is "near_miss" or "none")
        {
            // The first request of the second such batch repeats one.
            var query = JsonSerializer.SerializeToElement(examples[0]).GetProperty("query").GetString()!;
            if (_repeated is not null && _repeated.Length > 0)
            {
                examples[0] = new { query = $"{_repeated}!", calls = Array.Empty<object>() };
            }

            _repeated = _repeated is null ? query : "";
        }
        else if (tool == "setTimer" && !_schemaBroken)
        {
            _schemaBroken = true;
            examples[0] = new { query = "a timer for 601 minutes", calls = new[] { new { name = tool, arguments = new { minutes = 601 } } } };
        }
        else if (tool == "get_weather" && !_textInvented)
        {
            _textInvented = true;
            examples[0] = new { query = "weather at home", calls = new[] { new { name = tool, arguments = new { city = "Lisbon" } } } };
        }

        return JsonSerializer.Serialize(examples);
    }

    Task<CommandResult> SynthesizeAsync(LoopbackChatServer server, int count, params string[] more) => NeedleBenchCommand.RunAsync(
    [
        "synthesize", "--tools", _folder.File("tools.json"), "--count", $"{count}", "--out", Output,
        "--teacher", $"openai:{server.Address}?model=x&retries=5&retry_delay=0&timeout=5", .. more,
    ]);

    static Dictionary<string, int> Rows(string table) => table.Split('\n')
        .Select(line => line.Split((char[])[' ', '│', '|'], StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words.Length > 1 && words[^1].All(char.IsAsciiDigit))
        .ToDictionary(words => string.Join(' ', words[..^1]), words => int.Parse(words[^1], System.Globalization.CultureInfo.InvariantCulture));
}
