namespace NeedleBench.Abstractions.Tests;

public class ModelSpecTests
{
    [Theory]
    [InlineData("san:san-nano", "san", "san-nano", "")]
    [InlineData("san:path/to/checkpoint?precision=int4&threads=2", "san", "path/to/checkpoint", "precision=int4;threads=2")]
    [InlineData("openai:http://127.0.0.1:8080/v1?model=a%26b", "openai", "http://127.0.0.1:8080/v1", "model=a&b")]
    [InlineData(@"san:C:\models\x", "san", @"C:\models\x", "")]
    [InlineData("plugin:path/My.dll#MyProvider", "plugin", "path/My.dll#MyProvider", "")]
    public void Reads_scheme_rest_and_options(string text, string scheme, string rest, string options)
    {
        var spec = ModelSpec.Parse(text);

        Assert.Equal((scheme, rest), (spec.Scheme, spec.Rest));
        Assert.Equal(options, string.Join(';', spec.Options.Select(o => $"{o.Key}={o.Value}")));
        Assert.Equal(text, spec.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("san-nano")]
    [InlineData(":x")]
    [InlineData("san:")]
    [InlineData("san:?a=b")]
    [InlineData("a b:x")]
    [InlineData("san:x?precision")]
    [InlineData("san:x?=1")]
    [InlineData("san:x?a=1&a=2")]
    public void Refuses_what_is_no_spec_and_shows_it(string text)
    {
        var error = Assert.Throws<InputException>(() => ModelSpec.Parse(text));

        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_typed_and_a_misspelt_one_is_refused()
    {
        var spec = ModelSpec.Parse("san:x?threads=3&constrained=false&precison=int4");

        Assert.Equal(3, spec.GetInt("threads", 1, 1, 64));
        Assert.False(spec.GetBool("constrained", true));
        Assert.Equal("fp32", spec.GetString("precision", "fp32"));
        Assert.Throws<InputException>(() => spec.GetInt("threads", 1, 1, 2));
        Assert.Throws<InputException>(() => spec.GetBool("threads", true));
        Assert.Contains("'precison'", Assert.Throws<InputException>(() => spec.AllowOptions("threads", "constrained", "precision")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.25", 0.25)]
    [InlineData("1e-1", 0.1)]
    [InlineData("2", null)]
    [InlineData("NaN", null)]
    [InlineData("0,5", null)]
    public void A_number_must_be_one_and_in_range(string text, double? expected)
    {
        var spec = ModelSpec.Parse($"x:y?n={text}");

        if (expected is { } value)
        {
            Assert.Equal(value, spec.GetDouble("n", 0, 0, 1));
        }
        else
        {
            Assert.Contains("from 0 to 1", Assert.Throws<InputException>(() => spec.GetDouble("n", 0, 0, 1)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(0.7, spec.GetDouble("other", 0.7, 0, 1));
    }
}
