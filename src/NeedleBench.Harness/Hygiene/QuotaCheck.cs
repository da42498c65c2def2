using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Hygiene;

/// <summary>Suites that name a profile and do not hold what its <see cref="SuiteQuotas"/> ask.</summary>
static class QuotaCheck
{
    static readonly string[] ServedStyles =
        [CaseStyles.Terse, CaseStyles.Polite, CaseStyles.Conversational, CaseStyles.Indirect, CaseStyles.Disfluent, CaseStyles.Garbled];

    public static IEnumerable<SuiteFinding> Check(IReadOnlyList<Suite> suites)
    {
        foreach (var suite in suites)
        {
            if (suite.Profile is not { } profile)
            {
                continue;
            }

            var findings = SuiteQuotas.Of(profile) is { } quotas
                ? Check(suite, quotas)
                : [Finding.InHead(suite, $"there is no profile '{profile}', only {string.Join(", ", SuiteQuotas.Profiles)}")];
            foreach (var finding in findings)
            {
                yield return finding;
            }
        }
    }

    /// <summary>Holds one suite to quotas, whatever profile it names.</summary>
    public static IEnumerable<SuiteFinding> Check(Suite suite, SuiteQuotas quotas)
    {
        var shortfalls = CaseCounts(suite, quotas)
            .Where(count => count.IsLeast ? count.Found < count.Wanted : count.Found != count.Wanted)
            .Select(count => Finding.InCases(suite, $"{count.Found} {count.What}, not {count.Wanted}{(count.IsLeast ? " or more" : "")}"));
        var crowded = suite.Cases.Where(item => item.Tools.Count > quotas.MaxToolsPerCase)
            .Select(item => Finding.InCase(suite, item, $"{item.Tools.Count} tools are offered, not 1 to {quotas.MaxToolsPerCase}"));
        return [.. ToolFindings(suite, quotas), .. shortfalls, .. crowded];
    }

    static IEnumerable<SuiteFinding> ToolFindings(Suite suite, SuiteQuotas quotas)
    {
        if (suite.Tools.Count < quotas.MinTools)
        {
            yield return Finding.InTools(suite, $"{suite.Tools.Count} tools, not {quotas.MinTools} or more");
        }

        var kinds = suite.Tools.SelectMany(ParameterKinds.Of).CountBy(kind => kind).ToDictionary();
        foreach (var kind in ParameterKinds.All)
        {
            var found = kinds.GetValueOrDefault(kind);
            if (found < quotas.MinPerParameterKind)
            {
                yield return Finding.InTools(suite, $"{found} tools with {kind}, not {quotas.MinPerParameterKind} or more");
            }
        }
    }

    static IEnumerable<Quota> CaseCounts(Suite suite, SuiteQuotas quotas)
    {
        yield return new Quota("cases", suite.Cases.Count, quotas.Cases);
        foreach (var style in ServedStyles)
        {
            yield return new Quota($"cases in the style '{style}'", Count(item => item.Style == style), quotas.MinPerStyle, IsLeast: true);
        }

        yield return new Quota(
            $"refusals in the style '{CaseStyles.NearMiss}' without the tag '{CaseTags.MissingTool}'",
            Count(item => item.Style == CaseStyles.NearMiss && !Has(item, CaseTags.MissingTool)), quotas.NearMisses);
        yield return new Quota(
            $"refusals in the style '{CaseStyles.None}' without the tag '{CaseTags.MissingTool}'",
            Count(item => item.Style == CaseStyles.None && !Has(item, CaseTags.MissingTool)), quotas.OffTopic);
        yield return Tagged(CaseTags.MissingTool, quotas.MissingTools);
        yield return Tagged(CaseTags.SeenTools, quotas.SeenTools);
        yield return Tagged(CaseTags.UnseenTools, quotas.UnseenTools);
        yield return new Quota(
            "cases tagged with a language that is not the suite's", Count(item => item.Tags.Any(IsOtherLanguage)), quotas.OtherLanguages);
        yield return new Quota(
            "cases that expect several calls", Count(item => item.Expected.Count > 1), quotas.MinSeveralCalls, IsLeast: true);

        int Count(Func<SuiteCase, bool> predicate) => suite.Cases.Count(predicate);

        Quota Tagged(string tag, int wanted) => new($"cases with the tag '{tag}'", Count(item => Has(item, tag)), wanted);

        bool IsOtherLanguage(string tag) =>
            tag.StartsWith(CaseTags.LanguagePrefix, StringComparison.Ordinal) && tag[CaseTags.LanguagePrefix.Length..] != suite.Language;
    }

    static bool Has(SuiteCase item, string tag) => item.Tags.Contains(tag, StringComparer.Ordinal);

    readonly record struct Quota(string What, int Found, int Wanted, bool IsLeast = false);
}
