namespace NeedleBench.Cli.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("run --help")]
    public async Task Help_goes_to_the_output_and_the_root_documents_the_exit_codes(string arguments)
    {
        var (code, output, error) = await InvokeAsync(arguments.Split(' '));

        Assert.Equal((0, ""), (code, error));
        Assert.Contains(arguments == "--help" ? "130" : "--resume", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_and_option_says_what_it_is_for()
    {
        string[] commands = ["run", "call", "score", "report", "suites list", "suites validate", "models list", "models inspect", "models pull", "models import", "models export-onnx", "models verify", "models parity", "synthesize", "doctor"];
        foreach (var command in commands)
        {
            var (_, output, _) = await InvokeAsync([.. command.Split(' '), "--help"]);
            var options = output.Split('\n').Where(l => l.TrimStart().StartsWith("--", StringComparison.Ordinal)).ToList();
            Assert.All(options, line => Assert.Matches(@"^\s+--\S+.*\s{2,}\S", line));
        }
    }

    [Fact]
    public async Task Doctor_tells_what_there_is_without_ONNX_Runtime_and_without_suites()
    {
        var (code, output, _) = await InvokeAsync("doctor", "--suites", "no/such/folder");

        Assert.Equal(0, code);
        Assert.Contains("san:san-nano", output, StringComparison.Ordinal);
        Assert.Contains("no/such/folder", output, StringComparison.Ordinal);
        Assert.Matches(@"cores\s+\d", output);
        Assert.Matches(@"ONNX Runtime\s+(found|not found)", output);
    }

    [Fact]
    public async Task Suites_list_prints_each_suite_on_one_line_when_piped()
    {
        var (code, output, _) = await InvokeAsync("suites", "list", "--suites", RepositoryFiles.InRepository("suites"));

        Assert.Equal(0, code);
        Assert.Single(output.Split('\n'), l => l.Contains("smart_home", StringComparison.Ordinal) && l.Contains("Apache-2.0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_share_below_the_least_wanted_is_a_failure_not_bad_input()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("v.jsonl"), """{"query":"hello","tools":[],"expected_text":"never written"}""");

        Assert.Equal(0, (await InvokeAsync("models", "verify", "san:san-nano", "--vectors", folder.File("v.jsonl"))).Code);
        Assert.Equal(1, (await InvokeAsync("models", "verify", "san:san-nano", "--vectors", folder.File("v.jsonl"), "--at-least", "1")).Code);
    }

    static async Task<(int Code, string Output, string Error)> InvokeAsync(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.InvokeAsync(args, new Terminal(output, error), CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }
}
