using System.Text.Json;
using NeedleBench.Harness.Bfcl;
using NeedleBench.Harness.Metrics;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Scoring;

/// <summary>Turns predictions into scores. Pure: suites and predictions in, scores out, never a model.</summary>
public static class Scorer
{
    /// <summary>
    /// Scores every prediction, in the order given. That the suites still ask what the run asked (prompt hashes) is for the
    /// caller to check.
    /// </summary>
    /// <exception cref="InputException">
    /// A prediction is of a case that no suite has, two are of the same item, or one holds a call whose arguments are no object.
    /// </exception>
    public static IReadOnlyList<CaseScore> Score(IReadOnlyList<Suite> suites, IEnumerable<Prediction> predictions)
    {
        ArgumentNullException.ThrowIfNull(suites);
        ArgumentNullException.ThrowIfNull(predictions);
        var cases = new CaseIndex(suites);
        var seen = new HashSet<RunItemKey>();
        var scores = new List<CaseScore>();
        foreach (var prediction in predictions)
        {
            if (!seen.Add(prediction.Key))
            {
                throw new InputException(
                    $"two predictions answer repeat {prediction.Repeat} of case '{prediction.Case}' by '{prediction.Model}'",
                    "Keep one of them: counted twice, a case would weigh double.");
            }

            scores.Add(Score(cases.Find(prediction.Suite, prediction.Case), prediction));
        }

        return scores;
    }

    /// <summary>Scores one prediction of a case.</summary>
    /// <exception cref="InputException">It holds a call whose arguments are no object.</exception>
    public static CaseScore Score(PreparedCase prepared, Prediction prediction)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        ArgumentNullException.ThrowIfNull(prediction);
        var suiteCase = prepared.Case;
        var isReadable = prediction is { Error: null, Failure: null };
        var match = isReadable
            ? StrictMatcher.Match(prepared, prediction.Calls)
            : new CaseMatch(IsReadable: false, [], suiteCase.Expected.Count);
        match = match with { Bfcl = BerkeleyVerdict(prepared, prediction, isReadable) };

        var tallies = new Dictionary<string, Tally>(MetricTable.All.Count, StringComparer.Ordinal);
        foreach (var metric in MetricTable.All)
        {
            var tally = metric.Measure(suiteCase, prediction, match);
            if (tally.Total > 0)
            {
                tallies.Add(metric.Name, tally);
            }
        }

        return new CaseScore
        {
            Model = prediction.Model,
            Suite = prediction.Suite,
            Case = prediction.Case,
            Repeat = prediction.Repeat,
            Style = suiteCase.Style,
            Tags = suiteCase.Tags,
            Exact = match.IsExact,
            ErrorClass = ErrorClassifier.Classify(suiteCase, prediction, match),
            SchemaValid = match.Calls.Count == 0 ? null : match.Calls.All(c => c.SchemaValid),
            Bfcl = match.Bfcl is { } verdict ? verdict with { Message = null } : null,
            Calls = match.Calls,
            Tallies = tallies,
        };
    }

    // Null for what cannot be put in Berkeley's form: half a surrogate pair, or nesting beyond what JSON is written to.
    // Our own verdict stands all the same.
    static BfclVerdict? BerkeleyVerdict(PreparedCase prepared, Prediction prediction, bool isReadable)
    {
        try
        {
            return isReadable
                ? BfclChecker.Check(prepared.Bfcl, prediction.Calls)
                : BfclChecker.CheckUnreadable(prepared.Bfcl, prediction.Failure);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
