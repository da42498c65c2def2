namespace NeedleBench.Abstractions.Tests;

public class SnakeCaseNameTests
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
}
