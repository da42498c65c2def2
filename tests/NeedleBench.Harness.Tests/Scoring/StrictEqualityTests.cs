namespace NeedleBench.Harness.Tests.Scoring;

public class StrictEqualityTests
{
    [Theory]
    [InlineData("5", "5.0")]
    [InlineData("5", "5e0")]
    [InlineData("5", "50e-1")]
    [InlineData("5", "0.5E+1")]
    [InlineData("0", "-0")]
    [InlineData("0", "-0.00e7")]
    [InlineData("0", "0e99999999999999999999")]
    [InlineData("-120", "-1.2e2")]
    [InlineData("9007199254740993", "9007199254740993.0")]
    [InlineData("100000000000000000000000000000000", "1e32")]
    [InlineData("1e99999999999999999999", "10e99999999999999999998")]
    [InlineData("\"caf\\u00e9\"", "\"cafe\\u0301\"")]
    [InlineData("\"\\u212b\"", "\"\\u00c5\"")]
    [InlineData("\"a\\/b\"", "\"a/b\"")]
    [InlineData("true", "true")]
    [InlineData("[1,[2.0,\"x\"]]", "[1.0, [2,\"x\"]]")]
    [InlineData("{\"a\":1,\"b\":{\"c\":[],\"d\":null}}", "{\"b\":{\"d\":null,\"c\":[]},\"a\":1.0}")]
    [InlineData("{\"a\":2}", "{\"a\":1,\"a\":2}")]
    [InlineData("{\"caf\\u00e9\":1}", "{\"cafe\\u0301\":1}")]
    [InlineData("\"\\ud800\"", "\"\\ud800\"")]
    public void Equal_values_match_however_they_are_spelled(string accepted, string given)
    {
        Assert.True(Sample.Equal(accepted, given));
        Assert.True(Sample.Equal(given, accepted));
    }

    [Theory]
    [InlineData("5", "\"5\"")]
    [InlineData("1", "true")]
    [InlineData("0", "false")]
    [InlineData("\"true\"", "true")]
    [InlineData("\"null\"", "null")]
    [InlineData("\"\"", "null")]
    [InlineData("5", "-5")]
    [InlineData("5", "5.0000000000000000000000001")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("0.1", "0.1000000000000000055511151231257827")]
    [InlineData("1e400", "1e401")]
    [InlineData("1e-400", "0")]
    [InlineData("50", "5")]
    [InlineData("105", "15")]
    [InlineData("\"a\"", "\"A\"")]
    [InlineData("\"a\"", "\"a \"")]
    [InlineData("\"\\ufb01\"", "\"fi\"")]
    [InlineData("[1,2]", "[2,1]")]
    [InlineData("[1]", "1")]
    [InlineData("[]", "{}")]
    [InlineData("[\"a,\",\"b\"]", "[\"a\",\",b\"]")]
    [InlineData("[\"s1:a\"]", "[\"a\"]")]
    [InlineData("{\"a\":1}", "{\"a\":1,\"b\":null}")]
    [InlineData("{\"a\":1}", "{\"A\":1}")]
    [InlineData("\"\\ud800\"", "\"\\ud801\"")]
    [InlineData("\"\\ud800\"", "\"\\\\ud800\"")]
    public void Different_values_never_match(string accepted, string given)
    {
        Assert.False(Sample.Equal(accepted, given));
        if (given != "null")
        {
            Assert.False(Sample.Equal(given, accepted));
        }
    }
}
