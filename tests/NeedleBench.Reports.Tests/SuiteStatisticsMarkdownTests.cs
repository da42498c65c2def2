using NeedleBench.Harness.Suites;

namespace NeedleBench.Reports.Tests;

public class SuiteStatisticsMarkdownTests
{
    static readonly ToolDefinition Tool = new("set_timer", "", default);
    static readonly ExpectedCall Call = new("set_timer", new Dictionary<string, AcceptedValues>());

    static Suite Suite(string name, params SuiteCase[] cases) => new(name, "T", "L", "1", "en", name, [Tool], cases);

    static readonly Suite Timers = Suite(
        "timers",
        new SuiteCase("timers/001", "ten minutes", [Tool], [Call, Call], "terse", ["tools:seen"], 1),
        new SuiteCase("timers/002", "chante pour moi", [Tool], [], "none", ["tools:unseen", "lang:fr"], 2));

    [Fact]
    public void The_tables_read_as_written_here()
    {
        const string Expected =
            """
            | Suite | Cases | Refusals | Tools seen | Tools unseen | Languages | Tools | Tools a case | Calls a case | Words a query | Arguments a call | Right answers a tool |
            | --- | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |
            | timers | 2 | 1 | 1 | 1 | en 1, fr 1 | 1 | 1 / 1 / 1 | 2 / 2 / 2 | 2 / 2.5 / 3 | 0 / 0 / 0 | 1 / 1 / 1 |
            | notes | 1 | 1 | 0 | 0 | en 1 | 1 | 0 / 0 / 0 | – | 4 / 4 / 4 | – | 0 / 0 / 0 |
            | all | 3 | 2 | 1 | 1 | en 2, fr 1 | 2 | 0 / 1 / 1 | 2 / 2 / 2 | 2 / 3 / 4 | 0 / 0 / 0 | 0 / 0.5 / 1 |

            Three figures are minimum / median / maximum. Calls a case leaves refusals out; right answers a tool counts the cases in which a tool is to be called.

            | Suite | terse | polite | conversational | indirect | disfluent | garbled | near_miss | none |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            | timers | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 1 |
            | notes | 0 | 0 | 0 | 0 | 0 | 0 | 1 | 0 |
            | all | 1 | 0 | 0 | 0 | 0 | 0 | 1 | 1 |

            """;
        var notes = Suite("notes", new SuiteCase("notes/001", "a song for me", [], [], "near_miss", [], 1));
        Assert.Equal(Expected.ReplaceLineEndings("\n"), SuiteStatisticsMarkdown.Render([Timers, notes]));
    }

    [Fact]
    public void One_suite_has_no_row_of_all() =>
        Assert.DoesNotContain("| all |", SuiteStatisticsMarkdown.Render([Timers]), StringComparison.Ordinal);
}
