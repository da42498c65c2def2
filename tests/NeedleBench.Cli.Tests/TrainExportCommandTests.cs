namespace NeedleBench.Cli.Tests;

public class TrainExportCommandTests
{
    [Theory]
    [InlineData("--recipe", "san-26m --out x", "--examples")]
    [InlineData("--recipe", "san-26m --examples 0 --out x", "at least 1 example")]
    [InlineData("--recipe", "san-26m --examples 5 --shard-size 0 --out x", "--shard-size is 0")]
    [InlineData("--recipe", "no-such-recipe --examples 5 --out x", "no-such-recipe.json")]
    public async Task Bad_arguments_are_named(string option, string rest, string part)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.InvokeAsync(["train", "export", option, .. rest.Split(' ')], new Terminal(output, error), CancellationToken.None);

        Assert.Equal(ExitCodes.BadInput, code);
        Assert.Contains(part, error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists("x"));
    }

    [Fact]
    public async Task The_recipe_of_the_full_shape_is_one_that_train_reads()
    {
        using var folder = new TemporaryFolder();
        var (output, error) = (new StringWriter(), new StringWriter());
        string[] arguments =
        [
            "train", "export", "--recipe", RepositoryFiles.InRepository("src/NeedleBench.Training/Recipes/san-26m.json"),
            "--corpus", RepositoryFiles.InRepository("src/NeedleBench.Training/Corpus"),
            "--tokenizer", RepositoryFiles.InRepository("src/NeedleBench.San/Models/san-nano/tokenizer.model"), "--examples", "5", "--out", folder.File("x"),
        ];

        // The recipe and the corpus are read before the tokenizer, which is one of 4096 pieces.
        Assert.Equal(ExitCodes.BadInput, await CommandLine.InvokeAsync(arguments, new Terminal(output, error), CancellationToken.None));
        Assert.Contains("the recipe asks for 8192", error.ToString(), StringComparison.Ordinal);
    }
}
