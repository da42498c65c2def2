using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeedleBench.Harness;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Statistics;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Benchmarks;

/// <summary>
/// Scores 100,000 recorded predictions with all that <c>needlebench score</c> does up to the summary: reading them and the
/// suites, judging, writing <c>scores.jsonl</c> and <c>summary.json</c>. The aim is under 20 s and under 1 GB on two cores.
/// Two shapes of ten models each: many repeats of the repository's cases, and ten thousand cases once, which is what
/// preparing cases and drawing intervals over them cost most on.
/// </summary>
static class ScoringBenchmark
{
    const int Predictions = 100_000;
    const int Models = 10;
    const int Runs = 3;

    /// <summary>Prints both shapes, each the median of three runs. Files go to a temporary folder that is deleted.</summary>
    /// <param name="suitesRoot">The folder of suites.</param>
    /// <returns>An exit code: 0, or 2 where the suites cannot be read.</returns>
    public static int Run(string suitesRoot)
    {
        var folder = Directory.CreateTempSubdirectory("needlebench-scoring-").FullName;
        try
        {
            Measure("many repeats", Path.Combine(folder, "repeats"), suitesRoot);

            var copies = Path.Combine(folder, "suites");
            CopySuites(SuiteCatalog.Load(suitesRoot, []), copies);
            Measure("many cases", Path.Combine(folder, "cases"), copies);
            return 0;
        }
        catch (InputException e)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static void Measure(string title, string folder, string suitesRoot)
    {
        WriteRun(folder, SuiteCatalog.Load(suitesRoot, []));
        var seconds = new double[Runs];
        for (var run = 0; run < Runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            var scored = RunScoring.Score(folder, suitesRoot);
            seconds[run] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var counted = scored.Summary.Models.Sum(m => m.Overall.Predictions);
            if (counted != Predictions)
            {
                throw new InvalidOperationException($"{counted} predictions were scored in place of {Predictions}.");
            }
        }

        Array.Sort(seconds);
        using var process = Process.GetCurrentProcess();
        var median = Quantile.OfSorted(seconds, 0.5);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{title}: {Predictions} predictions in {median:F2} s (median of {Runs}: {seconds[0]:F2} to {seconds[^1]:F2}), "
            + $"{Predictions / median:F0} predictions/s, peak working set so far {process.PeakWorkingSet64 / 1e6:F0} MB"));
    }

    /// <summary>Writes <c>run.json</c> and <c>predictions.jsonl</c>.</summary>
    static void WriteRun(string folder, IReadOnlyList<Suite> suites)
    {
        var cases = suites.Sum(s => s.Cases.Count);
        var perRepeat = cases * Models;
        var specs = Enumerable.Range(0, Models).Select(m => $"benchmark:model-{m}").ToList();
        var description = new RunDescription
        {
            Name = "scoring-benchmark",
            StartedAt = DateTimeOffset.UnixEpoch,
            Version = "0",
            Models = [.. specs.Select(s => new ModelInfo(s, s, "none", ""))],
            Suites = [.. suites.Select(s => SuiteHash.Reference(s, null))],
            Repeats = (Predictions + perRepeat - 1) / perRepeat,
            Warmups = 0,
            Machine = new MachineDescription("", "", 0, "", 0, ""),
        };
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, RunFolder.DescriptionFile), JsonSerializer.Serialize(description, HarnessJson.Indented));

        var options = new JsonSerializerOptions(HarnessJson.Line) { IgnoreReadOnlyProperties = true };
        using var stream = File.Create(Path.Combine(folder, RunFolder.PredictionsFile));
        var random = new SplitMix64(1);
        var written = 0;
        foreach (var suite in suites)
        {
            foreach (var suiteCase in suite.Cases)
            {
                var answers = MakeAnswers(suiteCase);
                for (var i = 0; i < Models * description.Repeats && written < Predictions; i++, written++)
                {
                    // Half right; the other kinds of answer share the rest.
                    var kind = (int)(random.Next() % 8);
                    var prediction = answers[kind < answers.Length ? kind : 0] with
                    {
                        Model = specs[i % Models],
                        Suite = suite.Name,
                        Repeat = i / Models,
                        Timing = new GenerationTiming(300, 30, 0.01, 0.02 + (kind * 0.001), 0.011),
                    };
                    JsonSerializer.Serialize(stream, prediction, options);
                    stream.WriteByte((byte)'\n');
                }
            }
        }
    }

    /// <summary>Right, a wrong value, an invented argument, a refusal (or an unwanted call), and text that breaks off.</summary>
    static Prediction[] MakeAnswers(SuiteCase suiteCase)
    {
        var right = suiteCase.Expected.Select(e => Call(e.Name, new JsonObject(e.Arguments.Where(a => !a.Value.MayBeOmitted)
            .Select(a => KeyValuePair.Create(a.Key, JsonNode.Parse(a.Value.Values[0].GetRawText())))))).ToList();
        var refusal = right.Count > 0 || suiteCase.Tools.Count == 0 ? [] : new[] { Call(suiteCase.Tools[0].Name, []) };
        var text = ToolCallJson.Write(right);
        return
        [
            Answer(right),
            Answer(right.Select(c => Changed(c, arguments => arguments[arguments.FirstOrDefault().Key ?? "none"] = "something else"))),
            Answer(right.Select(c => Changed(c, arguments => arguments["invented"] = 1))),
            Answer(refusal),
            Answer([]) with { Text = text[..^1], Failure = new ParseFailure(ParseFailureKind.Truncated, "the text broke off") },
        ];

        Prediction Answer(IEnumerable<ToolCall> calls)
        {
            var list = calls.ToList();
            return new() { Model = "", Suite = "", Case = suiteCase.Id, Repeat = 0, Calls = list, Text = ToolCallJson.Write(list) };
        }
    }

    static ToolCall Changed(ToolCall call, Action<JsonObject> change)
    {
        var arguments = JsonNode.Parse(call.Arguments.GetRawText())!.AsObject();
        change(arguments);
        return Call(call.Name, arguments);
    }

    static ToolCall Call(string name, JsonObject arguments) => new(name, JsonElement.Parse(arguments.ToJsonString()));

    /// <summary>The suites with every case so often that each model answers one once, each under an id of its own.</summary>
    static void CopySuites(IReadOnlyList<Suite> suites, string root)
    {
        var cases = suites.Sum(s => s.Cases.Count);
        var copies = ((Predictions / Models) + cases - 1) / cases;
        foreach (var suite in suites)
        {
            var folder = Directory.CreateDirectory(Path.Combine(root, suite.Name)).FullName;
            foreach (var name in (ReadOnlySpan<string>)["suite.json", "tools.json"])
            {
                File.Copy(Path.Combine(suite.Folder, name), Path.Combine(folder, name));
            }

            using var writer = new StreamWriter(Path.Combine(folder, "cases.jsonl"));
            foreach (var line in File.ReadLines(Path.Combine(suite.Folder, "cases.jsonl")))
            {
                var node = JsonNode.Parse(line)!;
                var id = (string)node["id"]!;
                for (var copy = 0; copy < copies; copy++)
                {
                    node["id"] = $"{id}-{copy.ToString(CultureInfo.InvariantCulture)}";
                    writer.Write(node.ToJsonString());
                    writer.Write('\n');
                }
            }
        }
    }
}
