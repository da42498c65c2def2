using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Hygiene;

/// <summary>
/// Finds queries that come near training data: a model that was trained on them would be measured on what it knows by heart.
/// Texts are compared as <see cref="QueryText"/>. A query is too near where (a) it shares a run of
/// <see cref="RunLength"/> words with a stretch of a phrasing between slots, or (b) it is a phrasing with its slots filled,
/// however long the filling; a phrasing with slots counts there from <see cref="MinWords"/> words outside them.
/// </summary>
/// <remarks>Shared runs of words are the usual test; GPT-3 took 13 words (Brown et al. 2020, appendix C), so 8 is stricter.</remarks>
public static class Decontamination
{
    /// <summary>Words in a run that no query may share.</summary>
    public const int RunLength = 8;

    /// <summary>Words outside slots from which on a filled phrasing is one that a query may not be.</summary>
    public const int MinWords = 4;

    /// <summary>
    /// The queries that are too near, one finding for each query and rule, which names the first phrasing. Errors; warnings in
    /// imported suites. In no particular order.
    /// </summary>
    /// <param name="suites">The suites whose queries are checked; held in memory.</param>
    /// <param name="phrasings">The training data; enumerated once.</param>
    public static IReadOnlyList<SuiteFinding> Check(IReadOnlyList<Suite> suites, IEnumerable<TrainingPhrasing> phrasings)
    {
        ArgumentNullException.ThrowIfNull(suites);
        ArgumentNullException.ThrowIfNull(phrasings);
        var index = new QueryIndex(suites, RunLength);
        var sharing = new HashSet<IndexedQuery>(ReferenceEqualityComparer.Instance);
        var filled = new HashSet<IndexedQuery>(ReferenceEqualityComparer.Instance);
        var findings = new List<SuiteFinding>();
        foreach (var phrasing in phrasings)
        {
            var pattern = new PhrasingPattern(phrasing);
            foreach (var (run, queries) in pattern.Pieces.SelectMany(index.SharedRuns))
            {
                foreach (var query in queries.Where(sharing.Add))
                {
                    findings.Add(Near(query, phrasing, $"the query shares the words '{run}' with"));
                }
            }

            if (!pattern.HasSlots || pattern.Words >= MinWords)
            {
                foreach (var query in index.Matches(pattern).Where(filled.Add))
                {
                    findings.Add(Near(query, phrasing, pattern.HasSlots ? "the query fills the slots of" : "the query has the words of"));
                }
            }
        }

        return findings;
    }

    static SuiteFinding Near(IndexedQuery query, TrainingPhrasing phrasing, string how) => Finding.InCase(
        query.Suite, query.Case, $"{how} the training phrasing '{phrasing.Text}' ({phrasing.Place})",
        query.Suite.Source is null ? FindingSeverity.Error : FindingSeverity.Warning);
}
