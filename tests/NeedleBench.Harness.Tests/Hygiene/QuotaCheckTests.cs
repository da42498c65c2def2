using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Tests.Hygiene;

public class QuotaCheckTests
{
    [Fact]
    public void Finds_nothing_in_a_suite_that_meets_them() => Assert.Empty(SuiteValidator.Validate([FullSuite.Create()]));

    public static TheoryData<Func<Suite>, string[]> Broken => new()
    {
        { () => FullSuite.Create() is var s ? s with { Cases = [.. s.Cases.Take(59)] } : s, ["59 cases, not 60", "2 refusals in the style 'none'", "29 cases with the tag 'tools:unseen', not 30"] },
        { () => FullSuite.With(0, c => c with { Tags = [] }), ["29 cases with the tag 'tools:seen', not 30"] },
        { () => FullSuite.With(0, c => c with { Tags = ["tools:unseen"] }), ["29 cases with the tag 'tools:seen', not 30", "31 cases with the tag 'tools:unseen', not 30"] },
        { () => FullSuite.With(3, c => c with { Tags = ["tools:unseen"] }), ["1 cases tagged with a language that is not the suite's, not 2"] },
        { () => FullSuite.With(6, c => c with { Tags = ["tools:seen", "lang:fr"] }), ["3 cases tagged with a language that is not the suite's, not 2"] },
        { () => FullSuite.With(50, c => c with { Tags = ["tools:seen"] }), ["6 refusals in the style 'near_miss' without the tag 'missing_tool', not 5", "1 cases with the tag 'missing_tool', not 2"] },
        { () => FullSuite.With(59, c => c with { Style = "near_miss" }), ["6 refusals in the style 'near_miss' without", "2 refusals in the style 'none' without the tag 'missing_tool', not 3"] },
        { () => FullSuite.With(7, c => c with { Expected = [c.Expected[0]] }), ["0 cases that expect several calls, not 1 or more"] },
        { () => FullSuite.With(9, c => c with { Tools = [.. c.Tools, new ToolDefinition("ninth", "", default)] }), ["9 tools are offered, not 1 to 8"] },
        { () => FullSuite.WithoutTool(0), ["7 tools, not 8 or more", "0 tools with an enum, not 1 or more"] },
        { () => FullSuite.WithoutTool(1), ["7 tools", "0 tools with an integer with minimum and maximum"] },
        { () => FullSuite.WithoutTool(2), ["7 tools", "0 tools with a boolean"] },
        { () => FullSuite.WithoutTool(3), ["7 tools", "0 tools with an array of strings"] },
        { () => FullSuite.WithoutTool(4), ["7 tools", "0 tools with a nested object"] },
        { () => FullSuite.WithoutTool(5), ["7 tools", "0 tools with an optional parameter"] },
        { () => FullSuite.Create() with { Profile = "needlebench-61" }, ["there is no profile 'needlebench-61', only needlebench-60"] },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Finds_each_quota_that_is_not_met_and_nothing_else(Func<Suite> suite, string[] messages)
    {
        var findings = SuiteValidator.Validate([suite()]);
        Assert.Equal(messages.Length, findings.Count);
        Assert.All(messages, message => Assert.Contains(findings, f => f.Message.StartsWith(message, StringComparison.Ordinal)));
        Assert.All(findings, finding => Assert.Equal(FindingSeverity.Error, finding.Severity));
    }

    [Fact]
    public void Finds_a_style_that_is_rare()
    {
        // Styles go round: of 50, terse has 9, and each change takes one.
        var suite = FullSuite.Create();
        suite = suite with { Cases = [.. suite.Cases.Select(item => item is { Style: "terse", Line: > 24 } ? item with { Style = "polite" } : item)] };
        Assert.StartsWith("4 cases in the style 'terse', not 5 or more", Assert.Single(SuiteValidator.Validate([suite])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_at_the_case_or_the_file()
    {
        var crowded = Assert.Single(SuiteValidator.Validate([FullSuite.With(9, c => c with { Tools = [.. c.Tools, new ToolDefinition("ninth", "", default)] })]));
        Assert.Equal((Path.Combine("s", "cases.jsonl"), 10), (crowded.File, crowded.Line));
        var tools = SuiteValidator.Validate([FullSuite.WithoutTool(0)]);
        Assert.All(tools, finding => Assert.Equal(Path.Combine("s", "tools.json"), finding.File));
    }

    [Fact]
    public void Leaves_suites_without_a_profile_alone() =>
        Assert.Empty(SuiteValidator.Validate([FullSuite.WithoutTool(0) is var s ? s with { Profile = null, Cases = [.. s.Cases.Take(20)] } : s]));

    [Fact]
    public void Ids_of_a_profile_count_from_1_without_gaps()
    {
        var finding = Assert.Single(SuiteValidator.Validate([FullSuite.With(59, c => c with { Id = "s/061" })]));
        Assert.Contains("'s/061' is that of case 60", finding.Message, StringComparison.Ordinal);
        Assert.Empty(SuiteValidator.Validate([FullSuite.With(59, c => c with { Id = "s/061" }) with { Profile = null }]));
    }
}
