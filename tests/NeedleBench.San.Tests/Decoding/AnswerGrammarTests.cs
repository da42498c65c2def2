using System.Text;
using System.Text.Json;
using NeedleBench.San.Decoding;
using NeedleBench.San.Prompting;

namespace NeedleBench.San.Tests.Decoding;

public class AnswerGrammarTests
{
    static readonly ToolDefinition[] Tools =
    [
        Tool("book", """
            {"type":"object","required":["day","seats"],"properties":{
              "day":{"type":"string","enum":["monday","mon\"day","größte"]},
              "seats":{"type":"integer"},
              "price":{"type":"number"},
              "window":{"type":"boolean"},
              "names":{"type":"array","items":{"type":"string"},"minItems":1},
              "level":{"enum":[1,10,"x",null]},
              "address":{"type":"object","required":["city"],"properties":{"city":{"type":"string"},"zip":{"type":["string","null"]}}},
              "extra":{},
              "open":{"type":"object"}}}
            """),
        Tool("ping", """{"type":"object","properties":{}}"""),
    ];

    const string Required = """ "day":"monday","seats":2""";

    [Theory]
    [InlineData("[]")]
    [InlineData(" []")]
    [InlineData("""[{"name":"ping","arguments":{}}]""")]
    [InlineData("""[{"name":"ping","arguments":{}},{"name":"book","arguments":{"seats":0,"day":"größte"}}]""")]
    [InlineData("""[{"name":"book","arguments":{"day":"mon\"day","seats":-12}}]""")]
    [InlineData("""[{"name":"book","arguments":{#,"price":-0.5e+3,"window":false}}]""")]
    [InlineData("""[{"name":"book","arguments":{#,"price":7,"names":["a","\u00e9\n😀"]}}]""")]
    [InlineData("""[{"name":"book","arguments":{#,"level":1}}]""")]
    [InlineData("""[{"name":"book","arguments":{#,"level":10,"price":0}}]""")]
    [InlineData("""[{"name":"book","arguments":{#,"level":null,"address":{"zip":null,"city":"é"}}}]""")]
    [InlineData("""[{"name":"book","arguments":{#,"extra":[1,{"a":{}},[],"t",true],"open":{"any":1,"\"":[null]}}}]""")]
    public void Takes_answers_that_the_schemas_allow(string answer)
    {
        var grammar = Grammar();

        Assert.True(grammar.Feed(Bytes(answer)), answer);
        Assert.True(grammar.IsDone);
    }

    [Theory]
    [InlineData("""[{"name":"po""", 'o')]
    [InlineData("""[{"name":"bo" """, '"')]
    [InlineData("""[{"name":"ping","arguments":{" """, '"')]
    [InlineData("""[{"name":"book","arguments":{}""", '}')]
    [InlineData("""[{"name":"book","arguments":{"day":"monday"}""", '}')]
    [InlineData("""[{"name":"book","arguments":{"day":"s""", 's')]
    [InlineData("""[{"name":"book","arguments":{"day":"monday","d""", 'd')]
    [InlineData("""[{"name":"book","arguments":{"seats":2.""", '.')]
    [InlineData("""[{"name":"book","arguments":{"seats":" """, '"')]
    [InlineData("""[{"name":"book","arguments":{"seats":01""", '1')]
    [InlineData("""[{"name":"book","arguments":{"seats":-,""", ',')]
    [InlineData("""[{"name":"book","arguments":{"window":n""", 'n')]
    [InlineData("""[{"name":"book","arguments":{"window":tri""", 'i')]
    [InlineData("""[{"name":"book","arguments":{"names":[]""", ']')]
    [InlineData("""[{"name":"book","arguments":{"names":["a",]""", ']')]
    [InlineData("""[{"name":"book","arguments":{"names":[1""", '1')]
    [InlineData("""[{"name":"book","arguments":{"level":11""", '1')]
    [InlineData("""[{"name":"book","arguments":{"level":2""", '2')]
    [InlineData("""[{"name":"book","arguments":{"address":{"zip":"1"}""", '}')]
    [InlineData("""[{"name":"book","arguments":{"address":{"s""", 's')]
    [InlineData("""[{"name":"book","arguments":{"extra":"\x""", 'x')]
    [InlineData("""[{"name":"book","arguments":{"extra":"\u00g""", 'g')]
    [InlineData("""[{"name":"book","arguments":{ """, ' ')]
    [InlineData("""[{"name":"ping","arguments":{}},]""", ']')]
    [InlineData("[]]", ']')]
    [InlineData("  ", ' ')]
    [InlineData("x", 'x')]
    public void Refuses_the_byte_that_no_valid_answer_has_there(string answer, char refused)
    {
        var bytes = Bytes(refused == ' ' ? answer : answer.TrimEnd());
        var grammar = Grammar();

        Assert.Equal((byte)refused, bytes[^1]);
        Assert.True(grammar.Feed(bytes.AsSpan(0, bytes.Length - 1)), answer);
        Assert.False(grammar.Feed(bytes.AsSpan(bytes.Length - 1)), answer);
    }

    [Theory]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0xC0 })]
    [InlineData(new byte[] { 0xC3, (byte)'"' })]
    [InlineData(new byte[] { 0xE2, 0x82, (byte)'a' })]
    [InlineData(new byte[] { 0x1F })]
    public void Text_is_valid_UTF_8_without_raw_controls(byte[] text)
    {
        var grammar = Grammar();
        Assert.True(grammar.Feed(Bytes("""[{"name":"book","arguments":{"extra":"x""")));
        Assert.False(grammar.Feed(text));
    }

    [Fact]
    public void A_copy_goes_its_own_way()
    {
        var (grammar, copy) = (Grammar(), Grammar());
        grammar.Feed(Bytes("""[{"name":"book","arguments":{"address":{"zip":"""));
        copy.CopyFrom(grammar);

        Assert.True(copy.Feed(Bytes("""null,"city":"a"},"d""")));
        Assert.True(grammar.Feed(Bytes(""" "1" """.Trim())));
        Assert.False(grammar.Feed("}"u8));
    }

    [Fact]
    public void Without_tools_only_a_refusal_can_be_written()
    {
        var grammar = new AnswerGrammar(new SchemaRules([], new ToolNames([])));
        Assert.True(grammar.Feed("["u8));
        Assert.False(grammar.Feed("{"u8));
    }

    static AnswerGrammar Grammar() => new(new SchemaRules(Tools, new ToolNames(Tools)));

    static byte[] Bytes(string answer) => Encoding.UTF8.GetBytes(answer.Replace("#", Required.Trim(), StringComparison.Ordinal));

    static ToolDefinition Tool(string name, string schema) => new(name, "", JsonSerializer.Deserialize<JsonElement>(schema));
}
