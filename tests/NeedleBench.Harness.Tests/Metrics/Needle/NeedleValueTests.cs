using NeedleBench.Harness.Metrics.Needle;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Tests.Scoring;

namespace NeedleBench.Harness.Tests.Metrics.Needle;

/// <summary>Which values Needle's evaluation holds equal, seen through its exact match. Expected by Python's float() and str().</summary>
public class NeedleValueTests
{
    [Theory]
    [InlineData("\"5\"", "\"5.0\"")]
    [InlineData("\"74.006\"", "\"74.0060\"")]
    [InlineData("\"5\"", "5.0")]
    [InlineData("\"1_000\"", "1e3")]
    [InlineData("\" +1e2 \"", "100.0")]
    [InlineData("\".5\"", "0.50")]
    [InlineData("\"5.\"", "5.0")]
    [InlineData("\"1e15\"", "\"1000000000000000\"")]
    [InlineData("\"at 1000000000000000.0\"", "1e15")]
    [InlineData("\"at 1234567890123456.0\"", "1234567890123456.0")]
    [InlineData("\"at 1e+16\"", "1e16")]
    [InlineData("\"at 1e-05\"", "0.00001")]
    [InlineData("\"at 0.0001\"", "1e-4")]
    [InlineData("\"Infinity\"", "\"inf\"")]
    [InlineData("\"NaN\"", "\"nan\"")]
    [InlineData("\"  Drum Room \"", "\"drum room\"")]
    [InlineData("\"at 21:00\"", "\"21:00\"")]
    [InlineData("\"Today at  21:00\"", "\"21:00\"")]
    [InlineData("\"at today at noon\"", "\"NOON\"")]
    [InlineData("{\"b\":1,\"a\":[2]}", "{\"a\":[2],\"b\":1}")]
    [InlineData("[1.0]", "[1.00]")]
    [InlineData("-0", "0")]
    [InlineData("\"\\ud800\"", "\"\\ud800\"")]
    public void Values_that_Needle_holds_equal(string accepted, string given)
    {
        Assert.True(Equal(accepted, given));
        Assert.True(Equal(given, accepted));
    }

    [Theory]
    [InlineData("5", "5.0")]
    [InlineData("5", "\"5\"")]
    [InlineData("\"today at at 5\"", "\"5\"")]
    [InlineData("\"at 5\"", "\"5\"")]
    [InlineData("\"attic\"", "\"tic\"")]
    [InlineData("\"1__0\"", "\"10\"")]
    [InlineData("\"1 0\"", "\"10\"")]
    [InlineData("\"1,000\"", "\"1000\"")]
    [InlineData("\"0x10\"", "\"16\"")]
    [InlineData("true", "\"true\"")]
    [InlineData("true", "1")]
    [InlineData("[\"A\"]", "[\"a\"]")]
    [InlineData("[1]", "[1.0]")]
    [InlineData("[\"1\"]", "[1]")]
    public void Values_that_Needle_holds_different(string accepted, string given)
    {
        Assert.False(Equal(accepted, given));
        Assert.False(Equal(given, accepted));
    }

    static bool Equal(string accepted, string given) => Scorer.Score(
        PreparedCase.Of(Sample.Case($$$"""[{"name":"note","arguments":{"text":[{{{accepted}}}]}}]""")),
        Sample.Answer($$$"""[{"name":"note","arguments":{"text":{{{given}}}}}]""")).Tallies[NeedleExactMatch.Name].Hits == 1;

    // str(float(…)) of Python 3.
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(-5, "-5.0")]
    [InlineData(74.006, "74.006")]
    [InlineData(100, "100.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00012345, "0.00012345")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(-1.25e-7, "-1.25e-07")]
    [InlineData(1234567890123456.0, "1234567890123456.0")]
    [InlineData(1234567.125, "1234567.125")]
    [InlineData(9999999999999998.0, "9999999999999998.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(12345678901234568.0, "1.2345678901234568e+16")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void Floats_are_written_as_Python_writes_them(double number, string expected) =>
        Assert.Equal(expected, NeedleValue.FloatText(number));
}
