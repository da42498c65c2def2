using System.Text.Json;
using NeedleBench.Harness.Schemas;

namespace NeedleBench.Harness.Tests.Schemas;

public sealed class ToolSchemaValidatorTests
{
    static IReadOnlyList<string> Errors(string schema, string arguments) =>
        ToolSchemaValidator.Validate(JsonElement.Parse(schema), JsonElement.Parse(arguments));

    static string OfProperty(string property) => "{\"type\":\"object\",\"properties\":{\"a\":" + property + "}}";

    [Theory]
    [InlineData("""{"type":"integer","minimum":1,"maximum":5}""", "5", "6")]
    [InlineData("""{"type":"integer"}""", "1.0", "1.5")]
    [InlineData("""{"type":"integer"}""", "9007199254740993", "\"1\"")]
    [InlineData("""{"type":"number","exclusiveMinimum":0}""", "0.1", "0")]
    [InlineData("""{"type":"string","enum":["low","high"]}""", "\"low\"", "\"Low\"")]
    [InlineData("""{"type":["string","null"]}""", "null", "1")]
    [InlineData("""{"type":"boolean"}""", "false", "\"false\"")]
    [InlineData("""{"type":"string","pattern":"^[0-9]{2}:[0-9]{2}$"}""", "\"06:30\"", "\"6:30\"")]
    [InlineData("""{"type":"array","items":{"type":"string"},"minItems":1}""", "[\"x\"]", "[1]")]
    [InlineData("""{"type":"object","properties":{"b":{"type":"string"}},"required":["b"]}""", """{"b":"x"}""", "{}")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"integer"}]}""", "3", "true")]
    // Draft 2020-12, which the library below does not read by itself.
    [InlineData("""{"const":"celsius"}""", "\"celsius\"", "\"kelvin\"")]
    [InlineData("""{"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}],"items":false}""", "[\"x\",1]", "[\"x\",\"y\"]")]
    [InlineData("""{"type":"array","prefixItems":[{"type":"string"}],"items":false}""", "[\"x\"]", "[\"x\",1]")]
    [InlineData("""{"type":"object","properties":{"b":true,"c":false}}""", """{"b":1}""", """{"c":1}""")]
    public void Accepts_the_right_value_and_refuses_the_wrong_one(string property, string right, string wrong)
    {
        Assert.Empty(Errors(OfProperty(property), $$"""{"a":{{right}}}"""));
        Assert.NotEmpty(Errors(OfProperty(property), $$"""{"a":{{wrong}}}"""));
    }

    [Fact]
    public void Names_the_place_and_the_problem()
    {
        var schema = """{"type":"object","properties":{"a":{"type":"integer"},"l":{"type":"array","items":{"type":"string"}}},"required":["a"]}""";
        Assert.Equal(["a: property required"], Errors(schema, "{}"));
        Assert.Equal(["a: integer expected"], Errors(schema, """{"a":"1"}"""));
        Assert.Equal(["l[1]: array item not valid (string expected)"], Errors(schema, """{"a":1,"l":["x",2]}"""));
        Assert.Contains("arguments: object expected", Errors(schema, "[]"));
    }

    [Fact]
    public void Refuses_undeclared_arguments_only_where_the_schema_does()
    {
        Assert.Empty(Errors("""{"type":"object","properties":{}}""", """{"x":1}"""));
        Assert.Equal(
            ["x: no additional properties allowed"],
            Errors("""{"type":"object","properties":{},"additionalProperties":false}""", """{"x":1}"""));
    }

    [Theory]
    [InlineData("123456789012345678901234567890")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    public void Survives_numbers_beyond_every_type(string number) =>
        Assert.Empty(Errors(OfProperty("""{"type":"number"}"""), $$"""{"a":{{number}}}"""));

    [Fact]
    public void Passes_over_keywords_it_does_not_know() => Assert.Empty(Errors(
        """{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"http://127.0.0.1:9/x","$comment":"c","type":"object","properties":{"a":{"type":"string","x-order":{"n":1},"examples":["q"],"deprecated":true,"title":5}}}""",
        """{"a":"x"}"""));

    [Fact]
    public void Takes_parameters_that_are_named_like_keywords()
    {
        var schema = """{"type":"object","properties":{"type":{"type":"integer"},"pattern":{"type":"string"},"const":{"type":"string"},"$ref":{"type":"string"}}}""";
        Assert.Empty(Errors(schema, """{"type":1,"pattern":"(","const":"c","$ref":"r"}"""));
        Assert.Single(Errors(schema, """{"type":"x"}"""));
    }

    [Fact]
    public void Follows_references_inside_the_schema_and_recursion_through_properties()
    {
        var schema = """{"type":"object","properties":{"a":{"$ref":"#/$defs/name"},"self":{"$ref":"#"}},"$defs":{"name":{"type":"string"}}}""";
        Assert.Empty(Errors(schema, """{"self":{"self":{"a":"x"}}}"""));
        Assert.Single(Errors(schema, """{"self":{"self":{"a":1}}}"""));
    }

    [Theory]
    [InlineData("""{"$ref":"http://127.0.0.1:9/x.json"}""", "leaves the schema")]
    [InlineData("""{"$ref":"/etc/hostname"}""", "leaves the schema")]
    [InlineData("""{"$ref":"#/$defs/nope"}""", "leads nowhere")]
    [InlineData("""{"$ref":"#/properties/a"}""", "leads back to itself")]
    [InlineData("""{"allOf":[{"$ref":"#/properties/a"}]}""", "leads back to itself")]
    [InlineData("""{"type":"string","pattern":"("}""", "no regular expression")]
    [InlineData("""{"type":"string","required":true}""", "required")]
    [InlineData("\"string\"", "properties.a")]
    public void Refuses_a_schema_that_cannot_be_checked(string property, string message)
    {
        var error = Assert.Throws<InputException>(() => Errors(OfProperty(property), """{"a":"x"}"""));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("true")]
    [InlineData("""{"type":"object","properties":[]}""")]
    public void Refuses_a_schema_that_is_none(string schema) =>
        Assert.Throws<InputException>(() => Errors(schema, "{}"));
}
