using System.Security.Cryptography;

namespace NeedleBench.Cli.Tests;

public sealed class ModelsPullCommandTests : IDisposable
{
    static readonly byte[] Content = [.. Enumerable.Range(0, 1500).Select(i => (byte)(i * 7))];

    readonly TemporaryFolder _folder = new();
    readonly string? _home = Environment.GetEnvironmentVariable("NEEDLEBENCH_HOME");

    public ModelsPullCommandTests() => Environment.SetEnvironmentVariable("NEEDLEBENCH_HOME", _folder.File("home"));

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("NEEDLEBENCH_HOME", _home);
        _folder.Dispose();
    }

    [Fact]
    public async Task A_pull_says_the_licence_first_then_the_pins_and_prints_the_spec_alone_on_the_output()
    {
        using var server = new LoopbackFileServer(r => FileReply.File(r, Content));
        var landed = _folder.File("home/models/tiny/q4");

        var (code, output, error) = await PullAsync(Catalogue(), "tiny", "--from", $"{server.Address}");

        Assert.True(code == 0, error);
        Assert.Equal($"onnx:{landed}?dialect=granite{Environment.NewLine}", output);
        var lines = error.Split(Environment.NewLine);
        Assert.Equal("Licence: Some Licence, https://licence.example", lines[1]);
        Assert.Equal("onnx/model_q4.onnx: 1.5 kB, verified", lines[2]);
        Assert.Single(lines, l => l.Contains("pinned in", StringComparison.Ordinal) && l.Contains("needlebench-lock.json", StringComparison.Ordinal));
        Assert.Equal(Content, File.ReadAllBytes(Path.Combine(landed, "onnx", "model_q4.onnx")));
        Assert.Equal("/some/tiny/resolve/main/onnx/model_q4.onnx", Assert.Single(server.Requests).Path);

        (code, _, error) = await PullAsync(Catalogue(), "tiny", "--precision", "q4", "--from", $"{server.Address}");

        Assert.Equal((0, 1), (code, server.Requests.Count));
        Assert.DoesNotContain("pinned", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_hash_is_a_failure_in_one_line_and_nothing_lands()
    {
        using var server = new LoopbackFileServer(r => FileReply.File(r, [.. Content.Reverse()]));

        var (code, output, error) = await PullAsync(Catalogue(Convert.ToHexString(SHA256.HashData(Content))), "tiny", "--from", $"{server.Address}");

        Assert.Equal((1, ""), (code, output));
        Assert.Single(error.Split(Environment.NewLine), l => l.StartsWith("error: ", StringComparison.Ordinal) && l.Contains("SHA-256", StringComparison.Ordinal));
        Assert.False(Directory.Exists(_folder.File("home/models/tiny/q4")));
    }

    [Theory]
    [InlineData("no model is named")]
    [InlineData("no model 'other'", "other")]
    [InlineData("no precision 'q9'", "tiny", "--precision", "q9")]
    [InlineData("no base address", "tiny", "--from", "nowhere")]
    public async Task Bad_input_is_named_with_its_mend(string problem, params string[] arguments)
    {
        var (code, output, error) = await PullAsync(Catalogue(), arguments);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(problem, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("home")));
    }

    [Fact]
    public async Task A_path_out_of_the_folder_is_bad_input()
    {
        var catalogue = Catalogue();
        File.WriteAllText(catalogue, File.ReadAllText(catalogue).Replace("onnx/model_q4.onnx", "../../../evil", StringComparison.Ordinal));

        var (code, _, error) = await PullAsync(catalogue, "tiny");

        Assert.Equal(2, code);
        Assert.Contains("../../../evil", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_shows_what_was_pulled_and_what_is_unknown_and_asks_no_server()
    {
        using var server = new LoopbackFileServer(r => FileReply.File(r, Content));

        var before = (await PullAsync(Catalogue(), "--list")).Output;
        await PullAsync(Catalogue(), "tiny", "--from", $"{server.Address}");
        var after = (await PullAsync(Catalogue(), "--list")).Output;

        Assert.Matches(@"tiny +. +q4 \(default\) +. +unknown +. +Some Licence +. +no", before);
        Assert.Matches(@"tiny +. +q4 \(default\) +. +1\.5 kB +. +Some Licence +. +yes", after);
        Assert.Single(server.Requests);
    }

    string Catalogue(string? sha256 = null)
    {
        var hash = sha256 is null ? "null" : $"\"{sha256}\"";
        File.WriteAllText(_folder.File("c.json"), $$$"""
            {"base": "https://unreachable.invalid", "models": [{"name": "tiny", "repository": "some/tiny", "revision": "main",
             "licence": {"name": "Some Licence", "address": "https://licence.example"}, "scheme": "onnx", "dialect": "granite",
             "defaultPrecision": "q4", "files": [], "precisions": {"q4": [{"path": "onnx/model_q4.onnx", "size": null, "sha256": {{{hash}}}}]}}]}
            """);
        return _folder.File("c.json");
    }

    static async Task<(int Code, string Output, string Error)> PullAsync(string catalogue, params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.InvokeAsync(["models", "pull", "--catalogue", catalogue, .. args], new Terminal(output, error), CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }
}
