using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Tests.Suites;

public sealed class SuiteStatisticsTests : IDisposable
{
    const string First = """
        {"id":"a/001","query":"wake  me at six","tools":["set_alarm","set_timer"],"expected":[{"name":"set_alarm","arguments":{"time":["six"],"loud":[true,null]}},{"name":"set_alarm","arguments":{"time":["seven"]}}],"style":"terse","tags":["tools:seen"]}
        {"id":"a/002","query":"stell den Wecker","tools":["set_alarm"],"expected":[{"name":"set_alarm","arguments":{"time":["sechs"]}}],"style":"terse","tags":["lang:de","tools:unseen"]}
        {"id":"a/003","query":"sing","tools":["set_alarm","set_timer",{"name":"brew"}],"expected":[],"style":"none","tags":["tools:seen"]}
        {"id":"a/004","query":"brew some tea for us all please","tools":[{"name":"brew"}],"expected":[{"name":"brew","arguments":{}}],"style":"polite"}
        """;

    const string Second = """{"id":"b/001","query":"sing to me","tools":[],"expected":[],"style":"near_miss"}""";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    Suite Read(string name, string cases, string tools = SuiteFiles.Tools) => SuiteReader.Read(SuiteFiles.Write(_folder.Path, name, cases, tools));

    [Fact]
    public void Counts_a_suite()
    {
        var counted = SuiteStatistics.Of(Read("a", First));
        Assert.Equal(("a", 4, 1, 2, 1, 3), (counted.Name, counted.Cases, counted.Refusals, counted.SeenTools, counted.UnseenTools, counted.Tools));
        Assert.Equal(CaseStyles.All, counted.Styles.Keys);
        Assert.Equal([2, 1, 0, 0, 0, 0, 0, 1], counted.Styles.Values);
        Assert.Equal([new("en", 3), new("de", 1)], counted.Languages);
        Assert.Equal(new Spread(1, 1.5, 3), counted.ToolsPerCase);
        Assert.Equal(new Spread(1, 1, 2), counted.CallsPerCase);
        Assert.Equal(new Spread(1, 3.5, 7), counted.QueryWords);
        Assert.Equal(new Spread(0, 1, 2), counted.ArgumentsPerCall);

        // set_alarm in two cases (in one of them twice), brew in one, set_timer in none.
        Assert.Equal(new Spread(0, 1, 2), counted.RightAnswersPerTool);
    }

    [Fact]
    public void Has_no_spread_where_there_is_nothing_to_count()
    {
        var counted = SuiteStatistics.Of(Read("b", Second, "[]"));
        Assert.Equal(new Spread(0, 0, 0), counted.ToolsPerCase);
        Assert.Null(counted.CallsPerCase);
        Assert.Null(counted.ArgumentsPerCall);
        Assert.Null(counted.RightAnswersPerTool);
    }

    [Fact]
    public void Counts_suites_together()
    {
        var counted = SuiteStatistics.OfAll([Read("a", First), Read("b", Second)]);
        Assert.Equal(("all", 5, 2, 5), (counted.Name, counted.Cases, counted.Refusals, counted.Tools));
        Assert.Equal(new Spread(1, 3, 7), counted.QueryWords);
        Assert.Equal(new Spread(0, 0, 2), counted.RightAnswersPerTool);
        Assert.Equal([new("en", 4), new("de", 1)], counted.Languages);
    }
}
