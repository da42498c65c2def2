using System.Text.Json;

namespace NeedleBench.EndToEnd.Tests;

public sealed class CallCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public CallCommandTests() => File.WriteAllText(
        Tools,
        """[{"name":"set_timer","description":"Start a countdown timer.","parameters":{"type":"object","properties":{"duration":{"type":"string","description":"How long, in the user's own words."},"label":{"type":"string","description":"What the timer is for."}},"required":["duration"]}},{"name":"cancel_timer","description":"Cancel a running timer.","parameters":{"type":"object","properties":{"label":{"type":"string","description":"Which timer."}}}}]""");

    string Tools => _folder.File("tools.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Prints_the_call()
    {
        var result = await NeedleBenchCommand.RunAsync("call", "--model", "san:san-nano", "--query", "set a timer for ten minutes", "--tools", Tools);

        Assert.Equal((0, "set_timer(duration=\"ten minutes\")"), (result.ExitCode, result.Output.Trim()));
    }

    [Fact]
    public async Task Prints_one_JSON_object_and_nothing_else()
    {
        var result = await NeedleBenchCommand.RunAsync("call", "--model", "san:san-nano", "--query", "set a timer for ten minutes", "--tools", Tools, "--json");

        var json = JsonElement.Parse(result.Output);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("""[{"name":"set_timer","arguments":{"duration":"ten minutes"}}]""", json.GetProperty("calls").GetRawText());
        Assert.Equal("san:san-nano", json.GetProperty("model").GetString());
        Assert.True(json.GetProperty("timing").GetProperty("promptTokens").GetInt32() > 10);
    }
}
