using System.Globalization;
using System.Text;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Statistics;

namespace NeedleBench.Reports;

/// <summary>What a table's figures were measured on and with, so that they can be repeated and doubted.</summary>
static class MeasurementNotes
{
    /// <summary>A list of facts, then the models' fingerprints, then whatever went wrong.</summary>
    public static string Render(RunDescription run, Summary summary, IReadOnlyList<RankedModel> models)
    {
        var text = new StringBuilder();
        var machine = run.Machine;
        Line(text, $"Machine: {machine.Cpu}, {Count(machine.Cores)} logical cores, {machine.Simd}, "
            + $"{Figures.Fixed(machine.MemoryBytes / 1e9, 1)} GB memory, {machine.Os}");
        Line(text, $"Runtime: {machine.Runtime}; NeedleBench {run.Version}");
        Line(text, $"Date: {Date(run)}");
        Line(text, $"Cases: {Count(CaseCount(run))}{Cut(run)}; repeats of each: {Count(run.Repeats)}; "
            + $"warm-up calls per model, not counted: {Count(run.Warmups)}");
        Line(text, $"Right and wrong: {summary.Matcher} matcher; a rate's interval is Wilson's, another's a bootstrap over cases "
            + $"({Count(summary.BootstrapResamples)} resamples, seed {Count(summary.BootstrapSeed)}); "
            + "repeats of a case are averaged first");
        Line(text, "Times: end to end in the process, one call at a time; TTFT is the time to the first token; "
            + "MB are millions of bytes");
        foreach (var suite in run.Suites)
        {
            Line(text, $"Suite {suite.Name} {suite.Version}: {Count(suite.Cases)} cases, "
                + $"prompts {Figures.ShortHash(suite.PromptHash)}, answers {Figures.ShortHash(suite.AnswerHash)}");
        }

        foreach (var model in models)
        {
            Line(text, $"Model {model.Label}, {model.Info.Precision}: `{model.Info.Spec}`, "
                + $"fingerprint {Figures.ShortHash(model.Info.Fingerprint)}");
        }

        foreach (var problem in Problems(run, models))
        {
            Line(text, $"**{problem}**");
        }

        return text.ToString();
    }

    /// <summary>One sentence, for an excerpt.</summary>
    public static string OneLine(RunDescription run) =>
        $"Measured {Date(run)} on {run.Machine.Cpu} ({Count(run.Machine.Cores)} logical cores, {run.Machine.Os}) "
        + $"with NeedleBench {run.Version}: {Count(CaseCount(run))} cases{Cut(run)}, repeats of each: {Count(run.Repeats)}.";

    static IEnumerable<string> Problems(RunDescription run, IReadOnlyList<RankedModel> models)
    {
        if (run.FinishedAt is null)
        {
            yield return "The run is not finished: models may have answered different cases.";
        }

        foreach (var model in models.Where(m => m.Summary.Overall.Errors > 0))
        {
            var overall = model.Summary.Overall;
            yield return $"Model {model.Label}, {model.Info.Precision}: {Count(overall.Errors)} of {Count(overall.Predictions)} "
                + "answers were errors of the model; they count as wrong and are not in its times.";
        }

        foreach (var info in run.Models.Where(i => models.All(m => m.Info.Spec != i.Spec)))
        {
            yield return $"Model {info.Name}, {info.Precision}: no answer in this run.";
        }
    }

    static int CaseCount(RunDescription run) => run.Suites.Sum(s => s.Cases);

    static string Cut(RunDescription run) =>
        run.CasesPerSuite is { } cut ? $" (only the first {Count(cut)} of each suite)" : "";

    static string Date(RunDescription run) => run.StartedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Count(IFormattable number) => Figures.Count(number);

    static void Line(StringBuilder text, string line) => text.Append("- ").Append(line.ReplaceLineEndings(" ")).Append('\n');
}
