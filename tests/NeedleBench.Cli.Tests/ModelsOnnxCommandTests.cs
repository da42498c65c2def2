using NeedleBench.Onnx.Runtime;

namespace NeedleBench.Cli.Tests;

public class ModelsOnnxCommandTests
{
    [Fact]
    public async Task An_exported_san_opens_and_answers_as_the_native_one_or_says_how_to_get_the_library()
    {
        using var folder = new TemporaryFolder();
        var exported = folder.File("nano");
        Assert.Equal((0, $"onnx:{exported}{Environment.NewLine}", ""), await InvokeAsync("models", "export-onnx", "san:san-nano", "--out", exported));

        string[] parity =
        [
            "models", "parity", "san:san-nano", $"onnx:{exported}", "--suites", RepositoryFiles.InRepository("suites"), "--suite", "weather", "--at-least", "99.5",
        ];
        var (code, output, error) = await InvokeAsync(parity);
        if (!OnnxRuntimeLibrary.TryLoad(out _))
        {
            Assert.Equal(ExitCodes.BadInput, code);
            Assert.Contains(OnnxRuntimeLibrary.EnvironmentVariable, error, StringComparison.Ordinal);
            return;
        }

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("| nano (onnx) | fp32 | 100.00 % |", output, StringComparison.Ordinal);
        Assert.Contains("nano (onnx)", (await InvokeAsync("models", "inspect", $"onnx:{exported}")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("export-onnx san:san-nano --precision int3 --out never-made", "int8-dynamic")]
    [InlineData("export-onnx baseline:keyword --out never-made", "is no SAN")]
    [InlineData("export-onnx san:san-nano?precision=int4 --out never-made", "no option 'precision'")]
    [InlineData("parity san:san-nano baseline:keyword --suites SUITES", "is no SAN")]
    public async Task Bad_arguments_are_named(string arguments, string part)
    {
        var (code, _, error) = await InvokeAsync(["models", .. arguments.Replace("SUITES", RepositoryFiles.InRepository("suites"), StringComparison.Ordinal).Split(' ')]);

        Assert.Equal(ExitCodes.BadInput, code);
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists("never-made"));
    }

    static async Task<(int Code, string Output, string Error)> InvokeAsync(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.InvokeAsync(args, new Terminal(output, error), CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }
}
