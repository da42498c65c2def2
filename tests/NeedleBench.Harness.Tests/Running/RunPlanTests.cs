using NeedleBench.Harness.Running;

namespace NeedleBench.Harness.Tests.Running;

public sealed class RunPlanTests : IDisposable
{
    readonly RunFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    RunPlan Plan(RunOptions options, params string[] models) => new(models, _fixture.Suites, options);

    [Fact]
    public void Goes_model_by_model_and_through_all_cases_before_any_again()
    {
        var plan = Plan(new RunOptions { Repeats = 2 }, "m:1", "m:2");
        Assert.Equal(16, plan.Count);
        Assert.Equal(
            [
                "m:1 a a/001 0", "m:1 a a/002 0", "m:1 b b/001 0", "m:1 b b/002 0",
                "m:1 a a/001 1", "m:1 a a/002 1", "m:1 b b/001 1", "m:1 b b/002 1",
                "m:2 a a/001 0", "m:2 a a/002 0", "m:2 b b/001 0", "m:2 b b/002 0",
                "m:2 a a/001 1", "m:2 a a/002 1", "m:2 b b/001 1", "m:2 b b/002 1",
            ],
            plan.Items.Select(item => $"{item.Key.Model} {item.Key.Suite} {item.Key.Case} {item.Key.Repeat}"));
        Assert.All(plan.Items, item => Assert.Equal(item.Key.Case, item.Case.Id));
    }

    [Fact]
    public void Cuts_each_suite_and_limits_output()
    {
        var plan = Plan(new RunOptions { CasesPerSuite = 1, MaxOutputTokens = 9 }, "m:1");
        Assert.Equal(["a/001", "b/001"], plan.Items.Select(item => item.Key.Case));
        Assert.Equal([1, 1], plan.SuiteReferences.Select(suite => suite.Cases));
        Assert.All(plan.Items, item => Assert.Equal(9, plan.Request(item.Case).MaxOutputTokens));
    }

    [Fact]
    public void Options_begin_at_one_repeat_and_one_warm_up() =>
        Assert.Equal((1, 1, null, null), (new RunOptions().Repeats, new RunOptions().Warmups, new RunOptions().CasesPerSuite, new RunOptions().MaxOutputTokens));

    [Fact]
    public void Refuses_what_cannot_be_run()
    {
        Assert.Contains("'m:1' is named twice", Assert.Throws<InputException>(() => Plan(new RunOptions(), "m:1", "m:2", "m:1")).Message, StringComparison.Ordinal);
        Assert.Contains("no model", Assert.Throws<InputException>(() => Plan(new RunOptions())).Message, StringComparison.Ordinal);
        Assert.Contains("no suite", Assert.Throws<InputException>(() => new RunPlan(["m:1"], [], new RunOptions())).Message, StringComparison.Ordinal);
        foreach (var bad in new[]
        {
            new RunOptions { Repeats = 0 }, new RunOptions { Warmups = -1 }, new RunOptions { CasesPerSuite = 0 },
            new RunOptions { MaxOutputTokens = 0 }, new RunOptions { Repeats = int.MaxValue }, default,
        })
        {
            Assert.Throws<InputException>(() => Plan(bad, "m:1"));
        }
    }
}
