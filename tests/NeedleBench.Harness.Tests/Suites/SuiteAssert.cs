using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Tests.Suites;

/// <summary>Equality of suites by value, wherever they were read.</summary>
static class SuiteAssert
{
    public static void Equal(Suite expected, Suite actual)
    {
        Assert.Equal(Head(expected), Head(actual));
        Assert.Equal(expected.Tools.Select(Tool), actual.Tools.Select(Tool));
        Assert.Equal(expected.Cases.Select(Case), actual.Cases.Select(Case));
    }

    static object Head(Suite suite) =>
        (suite.Name, suite.Title, suite.Licence, suite.Version, suite.Language, suite.Source, suite.Profile);

    static string Tool(ToolDefinition tool) => $"{tool.Name}|{tool.Description}|{(tool.Parameters.ValueKind == System.Text.Json.JsonValueKind.Undefined ? "none" : CanonicalJson.Of(tool.Parameters))}";

    static string Case(SuiteCase item) => string.Join(
        '\n',
        [
            $"{item.Line} {item.Id} {item.Style} {string.Join(',', item.Tags)}",
            item.Query,
            .. item.Tools.Select(Tool),
            .. item.Expected.SelectMany(call => call.Arguments.Select(argument =>
                $"{call.Name}.{argument.Key} {argument.Value.MayBeOmitted} {string.Join(',', argument.Value.Values.Select(CanonicalJson.Of))}").Prepend(call.Name)),
        ]);
}
