using NeedleBench.Harness.Running;
using NeedleBench.Harness.Statistics;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Scoring;

/// <summary>
/// Scores a recorded run: reads its predictions, holds them against the suites' expected answers, writes
/// <c>scores.jsonl</c> and <c>summary.json</c>. Needs no model, and may be done again whenever answers are corrected.
/// </summary>
public static class RunScoring
{
    /// <param name="folder">The run's folder.</param>
    /// <param name="suitesRoot">Where the suites are that it ran on.</param>
    /// <exception cref="InputException">
    /// There is no run, or a suite's queries or tools are no longer those that the models saw. Corrected answers are fine.
    /// </exception>
    public static ScoredRun Score(string folder, string suitesRoot)
    {
        var run = RunReader.Read(folder);
        var suites = SuiteCatalog.Load(suitesRoot, run.Description.Suites.Select(s => s.Name));
        foreach (var (suite, then) in suites.Join(run.Description.Suites, s => s.Name, r => r.Name, (s, r) => (s, r)))
        {
            var now = SuiteHash.Reference(suite, run.Description.CasesPerSuite);
            if (now.PromptHash != then.PromptHash)
            {
                throw new InputException(
                    $"the queries or tools of suite '{suite.Name}' have changed since this run (version {then.Version} then, {now.Version} now)",
                    "Score with the suites it ran on, or run again.",
                    folder);
            }
        }

        var scores = Scorer.Score(suites, run.Predictions);
        var summary = Summarizer.Summarize(scores, run.Predictions, run.Memory);
        ScoreFiles.Write(folder, scores, summary);
        return new ScoredRun(run.Description, summary);
    }
}
