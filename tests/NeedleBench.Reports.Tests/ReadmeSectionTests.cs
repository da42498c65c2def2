namespace NeedleBench.Reports.Tests;

public class ReadmeSectionTests
{
    const string Begin = "<!-- needlebench:scores begin -->";
    const string End = "<!-- needlebench:scores end -->";

    [Fact]
    public void Only_the_text_between_the_markers_changes()
    {
        var readme = $"# Title\n\n{Begin}\nold\n{End}\n\n<!-- needlebench:other begin -->\nkept\n";

        var replaced = ReadmeSection.Replace(readme, "scores", "| a |\n| b |\n");

        Assert.Equal($"# Title\n\n{Begin}\n\n| a |\n| b |\n\n{End}\n\n<!-- needlebench:other begin -->\nkept\n", replaced);
        Assert.Equal(replaced, ReadmeSection.Replace(replaced, "scores", "| a |\n| b |\n"));
    }

    [Fact]
    public void The_files_own_line_endings_are_kept() =>
        Assert.Equal(
            $"a\r\n{Begin}\r\n\r\nx\r\ny\r\n\r\n{End}\r\n",
            ReadmeSection.Replace($"a\r\n{Begin}\r\n{End}\r\n", "scores", "x\ny\n"));

    [Theory]
    [InlineData($"{Begin}\n", "end -->' is missing")]
    [InlineData($"{End}\n", "begin -->' is missing")]
    [InlineData($"{End}\n{Begin}\n", "stands before")]
    [InlineData($"{Begin}\n{Begin}\n{End}\n", "begin -->' stands twice")]
    [InlineData($"{Begin}\n{End}\n{End}\n", "end -->' stands twice")]
    public void Markers_that_leave_it_open_what_to_replace_are_refused(string readme, string reason)
    {
        var error = Assert.Throws<InputException>(() => ReadmeSection.Replace(readme, "scores", "x"));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
