using System.Globalization;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Hygiene;

/// <summary>
/// Ids that do not follow the suite's name and a rising number. Holds for our own suites only, not for imported ones
/// (<see cref="Suite.Source"/>). Numbers may leave gaps, because a case that is taken out does not rename the others; a suite
/// of a profile has none, because it has a fixed number of cases and mends a case in its place.
/// </summary>
static class CaseIdCheck
{
    public static IEnumerable<SuiteFinding> Check(IReadOnlyList<Suite> suites)
    {
        foreach (var suite in suites.Where(suite => suite.Source is null))
        {
            var last = -1L;
            foreach (var (index, item) in suite.Cases.Index())
            {
                var prefix = suite.Name.Replace('_', '-') + "/";
                if (!item.Id.StartsWith(prefix, StringComparison.Ordinal)
                    || item.Id.Length < prefix.Length + 3
                    || !long.TryParse(item.Id.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    yield return Finding.InCase(suite, item, $"the id '{item.Id}' does not read {prefix}001");
                    continue;
                }

                if (suite.Profile is not null && number != index + 1)
                {
                    yield return Finding.InCase(suite, item, $"the id '{item.Id}' is that of case {index + 1}: ids count from 1 without gaps");
                }
                else if (number <= last)
                {
                    yield return Finding.InCase(suite, item, $"the id '{item.Id}' stands behind number {last}: ids rise");
                }

                last = Math.Max(number, last);
            }
        }
    }
}
