using NeedleBench.San.Prompting;

namespace NeedleBench.San.Tests.Prompting;

public class ToolNamesTests
{
    [Theory]
    [InlineData("get_weather", "get_weather")]
    [InlineData("getWeather", "get_weather")]
    [InlineData("GetWeather", "get_weather")]
    [InlineData("GET_WEATHER", "get_weather")]
    [InlineData("get-weather", "get_weather")]
    [InlineData("math.hypot", "math_hypot")]
    [InlineData("HTTPServerStart", "http_server_start")]
    [InlineData("get_weather_v2", "get_weather_v2")]
    [InlineData("v2Weather", "v2_weather")]
    [InlineData("__a  b!!", "a_b")]
    [InlineData("évier", "vier")]
    [InlineData("天気", "")]
    [InlineData("", "")]
    public void Names_fold_to_snake_case(string name, string expected) => Assert.Equal(expected, SnakeCaseName.From(name));

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
