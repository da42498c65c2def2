using NeedleBench.Harness.Hygiene;

namespace NeedleBench.Harness.Suites;

/// <summary>
/// Checks suites that could be read: the expected answers against the tools' schemas and against the scorer, the rules that
/// our own cases are written by, the quotas of a suite's profile, and, where a training corpus is at hand, that the suites
/// keep clear of it. What is wrong with a case of an imported suite
/// (<see cref="Suite.Source"/>) is a warning.
/// </summary>
public static class SuiteValidator
{
    static readonly IReadOnlyList<Func<IReadOnlyList<Suite>, IEnumerable<SuiteFinding>>> Checks =
    [
        ToolSchemaCheck.Check,
        CaseShapeCheck.Check,
        CaseIdCheck.Check,
        ExpectedCallCheck.Check,
        GoldAnswerCheck.Check,
        DuplicateCheck.Check,
        QuotaCheck.Check,
    ];

    static readonly string[] FileOrder = [SuiteReader.SuiteFile, SuiteReader.ToolsFile, SuiteReader.CasesFile];

    /// <summary>Everything that is wrong, suite by suite, in file order; empty where all is well.</summary>
    /// <param name="suites">Checked together: ids and queries must differ over all of them.</param>
    /// <param name="corpus">
    /// A folder of training data (<see cref="TrainingPhrasings.Read"/>) that queries must keep clear of and that tells which
    /// tools are seen; null to leave both unchecked.
    /// </param>
    /// <exception cref="InputException">The corpus cannot be read.</exception>
    public static IReadOnlyList<SuiteFinding> Validate(IEnumerable<Suite> suites, string? corpus = null)
    {
        ArgumentNullException.ThrowIfNull(suites);
        var all = suites.ToList();
        var findings = Checks.SelectMany(check => check(all));
        if (corpus is not null)
        {
            findings = findings
                .Concat(SeenToolsCheck.Check(all, TrainingTools.Read(corpus)))
                .Concat(Decontamination.Check(all, TrainingPhrasings.Read(corpus)));
        }

        return InFileOrder(AsWarningsWhereImported(findings, all), all);
    }

    // Other people's data are measured as they are: what is odd about a case of theirs is said, but stops nobody.
    static IEnumerable<SuiteFinding> AsWarningsWhereImported(IEnumerable<SuiteFinding> findings, IReadOnlyList<Suite> suites)
    {
        var imported = suites.Where(s => s.Source is not null).Select(Finding.CasesFile).ToHashSet(StringComparer.Ordinal);
        return findings.Select(f => imported.Contains(f.File) ? f with { Severity = FindingSeverity.Warning } : f);
    }

    /// <summary>The same findings, suite by suite and line by line; those of one line stay in order.</summary>
    static IReadOnlyList<SuiteFinding> InFileOrder(IEnumerable<SuiteFinding> findings, IReadOnlyList<Suite> suites)
    {
        var rank = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var file in suites.SelectMany(suite => FileOrder.Select(name => Path.Combine(suite.Folder, name))))
        {
            rank.TryAdd(file, rank.Count);
        }

        return [.. findings.OrderBy(finding => rank[finding.File]).ThenBy(finding => finding.Line ?? 0)];
    }
}
