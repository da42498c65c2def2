using System.Text.Json;
using NeedleBench.Harness.Bfcl;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Tests.Bfcl;

/// <summary>Our own suites by Berkeley's rules.</summary>
public class SuiteGoldTests
{
    [Fact]
    public void The_first_accepted_answer_of_each_case_is_right_by_Berkeleys_rules()
    {
        var suites = SuiteCatalog.Load(RepositoryFiles.InRepository("suites"), []);

        var wrong = suites.SelectMany(suite => suite.Cases)
            .Select(item => (item.Id, Verdict: BfclChecker.Check(BfclCase.Of(item), Gold(item))))
            .Where(pair => !pair.Verdict.Valid)
            .Select(pair => $"{pair.Id}: {pair.Verdict}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_accepted_value_of_each_argument_is_right_by_Berkeleys_rules()
    {
        var suites = SuiteCatalog.Load(RepositoryFiles.InRepository("suites"), []);

        var wrong =
            from item in suites.SelectMany(suite => suite.Cases)
            let bfcl = BfclCase.Of(item)
            from call in Enumerable.Range(0, item.Expected.Count)
            from argument in item.Expected[call].Arguments
            from value in argument.Value.Values
            let verdict = BfclChecker.Check(bfcl, With(item, call, argument.Key, value))
            where !verdict.Valid
            select $"{item.Id} {argument.Key}={value}: {verdict}";

        Assert.Empty(wrong);
    }

    static ToolCall[] With(SuiteCase item, int index, string argument, JsonElement value)
    {
        var calls = Gold(item);
        var arguments = calls[index].Arguments.EnumerateObject().ToDictionary(a => a.Name, a => a.Name == argument ? value : a.Value);
        calls[index] = calls[index] with { Arguments = JsonSerializer.SerializeToElement(arguments) };
        return calls;
    }

    static ToolCall[] Gold(SuiteCase item) =>
        [.. item.Expected.Select(call => new ToolCall(
            call.Name, JsonSerializer.SerializeToElement(call.Arguments.ToDictionary(a => a.Key, a => a.Value.Values[0]))))];
}
