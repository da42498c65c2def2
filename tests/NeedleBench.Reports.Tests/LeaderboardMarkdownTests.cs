using static NeedleBench.Reports.Tests.ExampleRun;

namespace NeedleBench.Reports.Tests;

public class LeaderboardMarkdownTests
{
    [Fact]
    public void The_leaderboard_reads_as_written_here()
    {
        const string Expected =
            """
            # Leaderboard: first

            | # | Model | Precision | Exact match % | Call F1 % | Name F1 % | Argument accuracy % | Schema validity % | Parse rate % | Irrelevance % | TTFT p50 ms | Latency p50 / p90 ms | Decode tok/s | Weights MB |
            | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            | 1 | tiny\|model | int4 | 80.0 [70.0, 90.0] | 80.0 | 80.0 | 80.0 | 80.0 | 80.0 | 80.0 | 4.5 | 12.3 / 20.0 | 1234.6 | 17.0 |
            | – | keyword (baseline) | none | 60.0 [50.0, 70.0] | 60.0 | 60.0 | 60.0 | 60.0 | 60.0 | – | – | 1.0 / 2.0 | – | – |

            […] is the 95 % interval over cases. Baselines learn nothing and are not ranked: gold answers from the case, keyword matches words, none always refuses.

            ## As others count

            | Model | Precision | Berkeley accuracy % | Berkeley irrelevance, malformed text credited % | Needle exact match % | Needle call F1 % | Needle name F1 % | Needle argument accuracy % | Needle value accuracy % | Needle parse rate % |
            | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            | tiny\|model | int4 | 80.0 | 80.0 | 80.0 | 80.0 | 80.0 | 80.0 | 80.0 | 80.0 |
            | keyword (baseline) | none | 60.0 | 60.0 | 60.0 | 60.0 | 60.0 | 60.0 | 60.0 | 60.0 |

            ## Exact match by suite

            | Model | Precision | timers | notes | mean of suites |
            | --- | --- | ---: | ---: | ---: |
            | tiny\|model | int4 | 90.0 | 50.0 | 70.0 |
            | keyword (baseline) | none | – | 60.0 | 60.0 |

            ## Exact match by style of request

            | Model | Precision | terse | none |
            | --- | --- | ---: | ---: |
            | tiny\|model | int4 | 75.0 | 100.0 |
            | keyword (baseline) | none | 60.0 | – |

            ## Exact match by tools seen and unseen in training

            | Model | Precision | tools:2 | tools:10 |
            | --- | --- | ---: | ---: |
            | tiny\|model | int4 | 100.0 | 0.0 |
            | keyword (baseline) | none | – | – |

            ## Errors by class

            | Model | Precision | none | model error | wrong count |
            | --- | --- | ---: | ---: | ---: |
            | tiny\|model | int4 | 8 | 0 | 2 |
            | keyword (baseline) | none | 6 | 4 | 0 |

            ## How it was measured

            - Machine: CPU 9, 2 logical cores, AVX2+FMA, 8.0 GB memory, Linux 6
            - Runtime: .NET 10.0.1; NeedleBench 0.1.0
            - Date: 2026-03-04
            - Cases: 10; repeats of each: 1; warm-up calls per model, not counted: 3
            - Right and wrong: strict matcher; a rate's interval is Wilson's, another's a bootstrap over cases (2000 resamples, seed 20260101); repeats of a case are averaged first
            - Times: end to end in the process, one call at a time; TTFT is the time to the first token; MB are millions of bytes
            - Suite timers 1.2: 6 cases, prompts 0123456789ab, answers aaaa
            - Suite notes 2: 4 cases, prompts fedcba987654, answers bbbb
            - Model tiny|model, int4: `san:tiny?precision=int4`, fingerprint 99887766aabb
            - Model keyword (baseline), none: `baseline:keyword`, fingerprint unknown
            - **Model keyword (baseline), none: 4 of 10 answers were errors of the model; they count as wrong and are not in its times.**

            """;

        Assert.Equal(Expected.ReplaceLineEndings("\n"), LeaderboardMarkdown.Render(Run, Summary(Tiny(0.8, 0.7, 0.9), Keyword)));
    }

    [Fact]
    public void The_excerpt_fits_a_readme()
    {
        const string Expected =
            """
            | # | Model | Precision | Exact match % | Call F1 % | Irrelevance % | Latency p50 ms | Decode tok/s | Weights MB |
            | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
            | 1 | tiny\|model | int4 | 80.0 [75.0, 90.0] | 80.0 | 80.0 | 12.3 | 1234.6 | 17.0 |
            | – | keyword (baseline) | none | 60.0 [50.0, 70.0] | 60.0 | – | 1.0 | – | – |

            […] is the 95 % interval over cases. Baselines learn nothing and are not ranked: gold answers from the case, keyword matches words, none always refuses.

            Measured 2026-03-04 on CPU 9 (2 logical cores, Linux 6) with NeedleBench 0.1.0: 10 cases, repeats of each: 1.

            Exact match %, by style of request:

            | Model | Precision | terse | none |
            | --- | --- | ---: | ---: |
            | tiny\|model | int4 | 75.0 | 100.0 |
            | keyword (baseline) | none | 60.0 | – |

            Exact match %, by whether the tool to call was seen in training:

            | Model | Precision | tools:2 | tools:10 |
            | --- | --- | ---: | ---: |
            | tiny\|model | int4 | 100.0 | 0.0 |
            | keyword (baseline) | none | – | – |

            """;

        Assert.Equal(Expected.ReplaceLineEndings("\n"), LeaderboardMarkdown.RenderExcerpt(Run, Summary(Tiny(0.8, 0.75, 0.9), Keyword)));
    }

    [Fact]
    public void Rows_show_the_dialect_fingerprints_where_a_model_has_one()
    {
        var tiny = Tiny(0.8, 0.7, 0.9) with { DialectFingerprints = ["0123456789abcdef", "fedcba9876543210"] };

        foreach (var text in new[] { LeaderboardMarkdown.Render(Run, Summary(tiny, Keyword)), LeaderboardMarkdown.RenderExcerpt(Run, Summary(tiny, Keyword)) })
        {
            Assert.Contains("| # | Model | Precision | Dialect fingerprint | Exact match % |", text, StringComparison.Ordinal);
            Assert.Contains("| 1 | tiny\\|model | int4 | 0123456789ab, fedcba987654 | 80.0 [70.0, 90.0] |", text, StringComparison.Ordinal);
            Assert.Contains("| – | keyword (baseline) | none | – | 60.0 [50.0, 70.0] |", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rows_show_the_peak_memory_where_some_model_has_one_and_the_footnote_says_what_it_is()
    {
        var tiny = Tiny(0.8, 0.7, 0.9) with { PeakMemoryBytes = 41_260_000 };
        foreach (var render in new[] { LeaderboardMarkdown.Render, LeaderboardMarkdown.RenderExcerpt })
        {
            var text = render(Run, Summary(tiny, Keyword));
            Assert.Contains(" | Weights MB | Peak memory MB |\n", text, StringComparison.Ordinal);
            Assert.Contains(" | 17.0 | 41.3 |\n", text, StringComparison.Ordinal);
            Assert.Contains(" | – | – |\n", text, StringComparison.Ordinal);
            Assert.Contains(" Peak memory is peak resident memory above an empty process, in a process of its own.\n", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Peak memory", render(Run, Summary(Tiny(0.8, 0.7, 0.9), Keyword)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Ties_are_broken_by_call_f1_and_then_by_name()
    {
        string[] names = ["b", "a", "c"];
        var run = Run with { Models = [.. names.Select(n => new ModelInfo(n, n, "fp32", ""))] };
        var models = names.Select(n => Model(n, Metrics(0.5, 0.4, 0.6, callF1: n == "c" ? 0.9 : 0.5), Metrics(0.5, 0.4, 0.6)));

        var rows = LeaderboardMarkdown.RenderExcerpt(run, Summary([.. models])).Split('\n').Skip(2).Take(3);

        Assert.Equal(["| 1 | c", "| 2 ≈ | a", "| 3 ≈ | b"], rows.Select(r => r[..r.IndexOf(" | fp32", StringComparison.Ordinal)]));
    }

    [Fact]
    public void What_a_run_lacks_is_said()
    {
        var text = LeaderboardMarkdown.Render(Run with { FinishedAt = null, CasesPerSuite = 4 }, Summary(Tiny(0.8, 0.7, 0.9)));

        Assert.Contains("- Cases: 10 (only the first 4 of each suite);", text, StringComparison.Ordinal);
        Assert.Contains("- **The run is not finished", text, StringComparison.Ordinal);
        Assert.Contains("- **Model keyword, none: no answer in this run.**", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_summary_of_another_run_is_refused()
    {
        var summary = Summary(Tiny(0.8, 0.7, 0.9) with { Model = "san:other" });

        Assert.Contains("'san:other'", Assert.Throws<InputException>(() => LeaderboardMarkdown.Render(Run, summary)).Message, StringComparison.Ordinal);
    }
}
