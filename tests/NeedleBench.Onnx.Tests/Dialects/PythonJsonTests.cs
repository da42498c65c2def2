using System.Text;
using System.Text.Json;
using NeedleBench.Onnx.Dialects.Rendering;

namespace NeedleBench.Onnx.Tests.Dialects;

/// <summary>Expected texts are what CPython 3.11 printed.</summary>
public class PythonJsonTests
{
    [Theory]
    [InlineData("1e22", "1e+22")]
    [InlineData("1E16", "1e+16")]
    [InlineData("9999999999999998.0", "9999999999999998.0")]
    [InlineData("123456789012345680.0", "1.2345678901234568e+17")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("1e-4", "0.0001")]
    [InlineData("0.00012", "0.00012")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("1.0", "1.0")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("-0", "0")]
    [InlineData("1e23", "1e+23")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157e+308")]
    [InlineData("1e2", "100.0")]
    [InlineData("12345.6780", "12345.678")]
    [InlineData("-2.5e-7", "-2.5e-07")]
    [InlineData("1e400", "Infinity")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    public void Writes_numbers_as_Python_does(string json, string expected) => Assert.Equal(expected, Write(json));

    [Fact]
    public void Keeps_characters_beyond_ASCII_for_templates_and_escapes_them_for_handlers()
    {
        var json = JsonSerializer.Serialize("é\u007f\u001f\u2028🎉\"\\/\b\f\n\r\t");
        Assert.Equal("\"é\u007f\\u001f\u2028🎉\\\"\\\\/\\b\\f\\n\\r\\t\"", Write(json));
        Assert.Equal("\"\\u00e9\\u007f\\u001f\\u2028\\ud83c\\udf89\\\"\\\\/\\b\\f\\n\\r\\t\"", Write(json, ensureAscii: true));
    }

    [Fact]
    public void Separates_with_a_space_and_keeps_the_order()
    {
        Assert.Equal("""{"b": [1, 2.0, true, null], "a": {}, "c": []}""", Write("""{"b":[1,2.0,true,null],"a":{},"c":[]}"""));
    }

    [Fact]
    public void Replaces_unpaired_surrogates_in_values_and_in_names()
    {
        Assert.Equal("{\"\uFFFDk\": \"a\uFFFDb\", \"\uD83C\uDF89\": 1}", Write("""{"\ud800k":"a\udc00b","\ud83c\udf89":1}"""));
    }

    static string Write(string json, bool ensureAscii = false)
    {
        var text = new StringBuilder();
        PythonJson.Append(text, JsonElement.Parse(json), ensureAscii);
        return text.ToString();
    }
}
