using static NeedleBench.Reports.Tests.ExampleRun;

namespace NeedleBench.Reports.Tests;

public class PublishedMarkdownTests
{
    const string File =
        """
        {"section":"s","metric":"bfcl_accuracy","suites":["notes","timers"],"note":"As printed.",
         "models":[{"model":"Other","parameters":"350M","scores":[83.5,null],"source":"A card"}]}
        """;

    [Fact]
    public void Our_models_stand_beside_published_ones_and_baselines_do_not()
    {
        var text = PublishedMarkdown.Render(Run, Summary(Tiny(0.8, 0.7, 0.9), Keyword), PublishedScores.Parse(File, "f"));

        Assert.Equal(
            """
            | Model | Parameters | notes % | timers % | Source |
            | --- | ---: | ---: | ---: | --- |
            | tiny\|model int4 | – | 50.0 [0.0, 100.0] | 90.0 [0.0, 100.0] | measured here |
            | Other | 350M | 83.5 | – | A card |

            As printed. Measured 2026-03-04
            """.ReplaceLineEndings("\n"),
            text[..(text.IndexOf("03-04", StringComparison.Ordinal) + 5)]);
    }

    [Fact]
    public void A_suite_that_was_not_run_is_named()
    {
        var published = PublishedScores.Parse(File.Replace("notes", "unknown", StringComparison.Ordinal), "f");
        Assert.Contains("'unknown'", Assert.Throws<InputException>(
            () => PublishedMarkdown.Render(Run, Summary(Tiny(0.8, 0.7, 0.9)), published)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[83.5,null]", "[83.5]", "1 scores for 2 suites")]
    [InlineData("\"note\"", "\"nota\"", "cannot be read")]
    [InlineData("{", "[", "cannot be read")]
    public void A_file_that_is_wrong_is_refused(string old, string other, string problem) => Assert.Contains(
        problem,
        Assert.Throws<InputException>(() => PublishedScores.Parse(File.Replace(old, other, StringComparison.Ordinal), "f")).Message,
        StringComparison.Ordinal);
}
