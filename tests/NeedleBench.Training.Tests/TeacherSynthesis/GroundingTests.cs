using System.Text.Json;
using NeedleBench.Training.TeacherSynthesis;

namespace NeedleBench.Training.Tests.TeacherSynthesis;

public class GroundingTests
{
    const string Schema =
        """
        {"type":"object","$defs":{"unit":{"enum":["celsius","kelvin"]}},
         "properties":{"city":{"type":"string"},"unit":{"$ref":"#/$defs/unit"},"days":{"type":"integer"},"hours":{"type":"number"},
           "mode":{"anyOf":[{"const":"auto"},{"type":"integer"}]},"names":{"type":"array","items":{"type":"string"}},
           "levels":{"type":"array","items":{"enum":["low",3]}},"place":{"type":"object","properties":{"street":{"type":"string"}}}}}
        """;

    [Theory]
    [InlineData("weather in new  york", """{"city":"New York"}""")]
    [InlineData("weather in ＰＡＲＩＳ", """{"city":"paris"}""")]
    [InlineData("how hot is it in Bonn", """{"city":"Bonn","unit":"celsius"}""")]
    [InlineData("Bonn, automatically", """{"city":"Bonn","mode":"auto"}""")]
    [InlineData("ask ann and Bob", """{"names":["Ann","bob"],"levels":["low",3]}""")]
    [InlineData("for the next 3 days", """{"days":3}""")]
    [InlineData("for the next three days", """{"days":3}""")]
    [InlineData("for 2.5 hours", """{"hours":2.5}""")]
    [InlineData("für 2,5 Stunden", """{"hours":2.5}""")]
    [InlineData("1,500 hours", """{"hours":1500}""")]
    [InlineData("1,234,567.5 hours", """{"hours":1234567.5}""")]
    [InlineData("set it to -5", """{"days":-5}""")]
    [InlineData("minus 5 please", """{"days":-5}""")]
    [InlineData("5-10 days", """{"days":10}""")]
    [InlineData("three days in 75001 Paris", """{"days":3,"city":"75001 Paris"}""")]
    [InlineData("play mp3 for two hours", """{"hours":2}""")]
    [InlineData("設定10天", """{"days":10}""")]
    [InlineData("٣ أيام", """{"days":3}""")]
    [InlineData("both 4", """{"days":4,"hours":4}""")]
    public void Takes_values_that_the_request_gives(string query, string arguments) => Assert.Null(Reason(query, arguments));

    [Theory]
    [InlineData("weather in NYC", """{"city":"New York"}""", RejectionReason.UngroundedText)]
    [InlineData("ask Ann", """{"names":["Ann","Bob"]}""", RejectionReason.UngroundedText)]
    [InlineData("weather", """{"city":""}""", RejectionReason.UngroundedText)]
    [InlineData("to the station", """{"place":{"street":"Station Road"}}""", RejectionReason.UngroundedText)]
    [InlineData("weather", """{"city":"celsius"}""", RejectionReason.UngroundedText)]
    [InlineData("for the next 3 days", """{"days":4}""", RejectionReason.UngroundedNumber)]
    [InlineData("for 90 minutes", """{"hours":1.5}""", RejectionReason.UngroundedNumber)]
    [InlineData("5 degrees", """{"days":-5}""", RejectionReason.UngroundedNumber)]
    [InlineData("set it to -5", """{"days":5}""", RejectionReason.UngroundedNumber)]
    [InlineData("2 days and 3 hours", """{"days":2,"hours":4}""", RejectionReason.UngroundedNumber)]
    public void Rejects_values_that_it_does_not(string query, string arguments, RejectionReason reason) =>
        Assert.Equal(reason, Reason(query, arguments));

    static RejectionReason? Reason(string query, string arguments) =>
        Grounding.Problem(query, [(JsonElement.Parse(Schema), JsonElement.Parse(arguments))])?.Reason;
}
