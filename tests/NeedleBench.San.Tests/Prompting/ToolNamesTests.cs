using NeedleBench.San.Prompting;

namespace NeedleBench.San.Tests.Prompting;

public class ToolNamesTests
{
    [Fact]
    public void Every_name_comes_back_as_the_caller_wrote_it_whatever_it_folds_to()
    {
        string[] given = ["getTime", "get_time", "get_time_2", "天気", "時間", "tool_4", "GET-TIME", "!!!"];
        var names = new ToolNames([.. given.Select(n => new ToolDefinition(n, "", default))]);

        Assert.Equal(given.Length, names.Seen.Distinct().Count());
        Assert.Equal(given, names.Seen.Select(names.Restore));
        Assert.All(names.Seen, seen => Assert.Matches("^[a-z0-9_]+$", seen));
        Assert.Equal("get_time", names.Seen[0]);
        Assert.Equal("get_time_2", names.Seen[2]);
        Assert.Equal("unknown_tool", names.Restore("unknown_tool"));
    }
}
