namespace NeedleBench.Abstractions.Tests;

public class ToolCallJsonTests
{
    [Fact]
    public void Half_of_a_surrogate_pair_is_no_name()
    {
        Assert.False(ToolCallJson.TryParse("""[{"name":"\ud800","arguments":{}}]""", out _, out var failure));
        Assert.Equal(ParseFailureKind.NotACall, failure.Kind);
        Assert.Contains("surrogate", failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_no_unicode_is_a_failure()
    {
        Assert.False(ToolCallJson.TryParse("[{\"name\":\"\ud800\",\"arguments\":{}}]", out _, out var failure));
        Assert.Equal(ParseFailureKind.NotJson, failure.Kind);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_in_arguments_is_a_value_like_another()
    {
        Assert.True(ToolCallJson.TryParse("""[{"name":"f","arguments":{"a":["x\udc00"]}}]""", out var calls, out _));
        Assert.Equal("""["x\udc00"]""", calls[0].Arguments.GetProperty("a").GetRawText());
    }

    [Fact]
    public void Whole_pairs_are_read_and_written_again()
    {
        Assert.True(ToolCallJson.TryParse("""[{"name":"f","arguments":{"a":"\ud83d\ude00"}}]""", out var calls, out _));
        Assert.Equal("\ud83d\ude00", calls[0].Arguments.GetProperty("a").GetString());
        Assert.True(ToolCallJson.TryParse(ToolCallJson.Write(calls), out var again, out _));
        Assert.Equal(ToolCallJson.Write(calls), ToolCallJson.Write(again));
    }
}
