using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Hygiene;

/// <summary>
/// Ids and queries that stand twice, over all suites. Queries are the same where their <see cref="QueryText"/> is. That an
/// imported suite says what another does is worth a warning only: its cases are not ours to change.
/// </summary>
static class DuplicateCheck
{
    public static IEnumerable<SuiteFinding> Check(IReadOnlyList<Suite> suites)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var queries = new Dictionary<string, (string Place, bool Imported)>(StringComparer.Ordinal);
        foreach (var suite in suites)
        {
            var imported = suite.Source is not null;
            foreach (var item in suite.Cases)
            {
                var place = $"{Finding.CasesFile(suite)}:{item.Line}";
                if (!ids.TryAdd(item.Id, place))
                {
                    yield return Finding.InCase(suite, item, $"the id '{item.Id}' stands at {ids[item.Id]} already");
                }

                var folded = QueryText.Normalize(item.Query);
                // "?" and "!" have no words, but are not the same.
                folded = folded.Length > 0 ? folded : item.Query.Trim();
                if (!queries.TryAdd(folded, (place, imported)))
                {
                    var (other, otherImported) = queries[folded];
                    yield return Finding.InCase(
                        suite, item, $"the query stands at {other} already",
                        imported || otherImported ? FindingSeverity.Warning : FindingSeverity.Error);
                }
            }
        }
    }
}
