using System.Text.Json;
using NeedleBench.Harness.Bfcl;
using NeedleBench.Harness.Tests.Scoring;

namespace NeedleBench.Harness.Tests.Bfcl;

/// <summary>
/// Rules of Berkeley's checker, each worked out by hand from what its Python does; the files of recorded verdicts are in
/// <see cref="CheckerVectorTests"/>.
/// </summary>
public class CheckerTests
{
    [Theory]
    [InlineData("integer", "[5]", "5", null)]
    [InlineData("integer", "[5]", "5.0", "type_error:simple")]
    [InlineData("integer", "[1]", "true", "type_error:simple")]
    [InlineData("integer", "[100000000000000000000001]", "100000000000000000000000", "value_error:others")]
    [InlineData("float", "[5]", "5", null)]
    [InlineData("float", "[0.5]", "5e-1", null)]
    [InlineData("string", "[\"Oslo, Norway\"]", "\"oslo norway\"", null)]
    [InlineData("string", "[\"\\u039f\\u0394\\u039f\\u03a3\"]", "\"\\u03bf\\u03b4\\u03bf\\u03c2\"", null)]
    [InlineData("string", "[\"\\u0130zmir\"]", "\"i\\u0307zmir\"", null)]
    [InlineData("string", "[\"\\ud83d\"]", "\"\\ud83d\"", null)]
    [InlineData("string", "[\"\\ud83d\"]", "\"\\ud83e\"", "value_error:string")]
    [InlineData("any", "[3]", "3.0", "type_error:simple")]
    public void A_value_is_right_or_wrong_as_Python_sees_it(string type, string alternatives, string value, string? errorType) =>
        Assert.Equal(errorType, Check($$"""{"type":"{{type}}"}""", alternatives, value).ErrorType);

    [Theory]
    [InlineData("float", "[[1.5,2.5]]", "[1.5,2.5]", null)]
    [InlineData("float", "[[1.0,2.5]]", "[1,2.5]", "type_error:nested")]
    [InlineData("float", "[[1,2.5]]", "[1,2.5]", null)]
    [InlineData("integer", "[[1,2],\"\"]", "[]", null)]
    [InlineData("integer", "[[1,2],\"\"]", "[\"1\",2]", "value_error:list/tuple")]
    [InlineData("integer", "[[1],7]", "[1]", "crash:TypeError")]
    [InlineData("dict", "[[{\"a\":[1]}],\"\"]", "[\"a\"]", "crash:AttributeError")]
    [InlineData("dict", "[[{\"a\":[1]}],\"\"]", "[{\"a\":2}]", "value_error:list_dict_count")]
    [InlineData("dict", "[[{\"a\":[1]},{\"a\":[2]}]]", "[{\"a\":1},{\"a\":2.0}]", null)]
    public void A_list_is_looked_into_one_level_deep(string element, string alternatives, string value, string? errorType) =>
        Assert.Equal(errorType, Check($$$"""{"type":"array","items":{"type":"{{{element}}}"}}""", alternatives, value).ErrorType);

    [Theory]
    [InlineData("[{\"a\":[1]}]", "{\"a\":true}", null)]
    [InlineData("[{\"a\":[1],\"b\":[\"x\",\"\"]}]", "{\"a\":1}", null)]
    [InlineData("[{\"a\":[{\"k\":\"V\"}]}]", "{\"a\":{\"k\":\"v\"}}", "value_error:dict_value")]
    [InlineData("[{\"a\":[1]},{\"b\":[1]}]", "{\"b\":2}", "value_error:dict_value")]
    [InlineData("[{\"a\":[1]}]", "{\"a\":2,\"a\":1}", null)]
    [InlineData("[{\"a\":7}]", "{\"a\":7}", "crash:TypeError")]
    [InlineData("[{\"a\":[1]},null]", "{\"b\":2}", "crash:TypeError")]
    public void A_dict_has_alternatives_at_each_key(string alternatives, string value, string? errorType) =>
        Assert.Equal(errorType, Check("""{"type":"dict"}""", alternatives, value).ErrorType);

    [Theory]
    [InlineData("""{"type":"number"}""", "crash:KeyError")]
    [InlineData("""{"type":["integer","null"]}""", "crash:TypeError")]
    [InlineData("""{"description":"no type"}""", "crash:KeyError")]
    [InlineData("""{"type":"array"}""", "crash:KeyError")]
    public void A_description_that_their_Python_cannot_use_is_a_crash(string parameter, string errorType)
    {
        var verdict = Check(parameter, "[1]", "1");

        Assert.False(verdict.Valid);
        Assert.Equal(errorType, verdict.ErrorType);
    }

    [Fact]
    public void An_int_beyond_all_floats_is_a_crash_of_its_own() =>
        Assert.Equal("crash:OverflowError", Check("""{"type":"float"}""", "[1.0]", "1" + new string('0', 400)).ErrorType);

    [Theory]
    [InlineData("simple_python", "simple_function_checker:wrong_func_name")]
    [InlineData("multiple", "crash:TypeError")]
    public void An_expected_function_that_is_not_on_offer_matters_where_it_is_looked_up(string category, string errorType)
    {
        var bfcl = new BfclCase(category, Json("""[{"name":"g","parameters":{"properties":{},"required":[]}}]"""), Json("""[{"f":{}}]"""));

        Assert.Equal(errorType, BfclChecker.Check(bfcl, Sample.Calls("""[{"name":"f","arguments":{}}]""")).ErrorType);
    }

    [Theory]
    [InlineData("live_irrelevance", BfclCategory.Irrelevance)]
    [InlineData("live_relevance", BfclCategory.Relevance)]
    [InlineData("live_parallel_multiple", BfclCategory.Parallel)]
    [InlineData("live_multiple", BfclCategory.Multiple)]
    [InlineData("simple_python", BfclCategory.Simple)]
    public void The_name_of_a_category_decides_on_its_check(string category, BfclCategory kind) =>
        Assert.Equal(kind, BfclCase.KindOf(category));

    [Theory]
    [InlineData("irrelevance", ParseFailureKind.Truncated, null)]
    [InlineData("irrelevance", ParseFailureKind.NotACall, null)]
    [InlineData("relevance", ParseFailureKind.NotJson, "relevance_error:decoder_failed")]
    [InlineData("simple", ParseFailureKind.NotJson, "ast_decoder:decoder_failed")]
    [InlineData("simple", ParseFailureKind.NotACall, "ast_decoder:decoder_wrong_output_format")]
    [InlineData("parallel", ParseFailureKind.Empty, "parallel_function_checker_no_order:wrong_count")]
    public void What_cannot_be_read_counts_as_abstention(string category, ParseFailureKind failure, string? errorType)
    {
        var bfcl = new BfclCase(category, Json("[]"), Json("""[{"f":{}}]"""));

        Assert.Equal(errorType, BfclChecker.CheckUnreadable(bfcl, new ParseFailure(failure, "d")).ErrorType);
    }

    [Fact]
    public void A_model_that_failed_counts_as_abstention_too()
    {
        Assert.True(BfclChecker.CheckUnreadable(new BfclCase("irrelevance", Json("[]"), Json("[]")), null).Valid);
        Assert.False(BfclChecker.CheckUnreadable(new BfclCase("simple", Json("[]"), Json("[]")), null).Valid);
    }

    static BfclVerdict Check(string parameter, string alternatives, string value) => BfclChecker.Check(
        new BfclCase(
            "simple",
            Json($$$"""[{"name":"f","parameters":{"type":"dict","properties":{"x":{{{parameter}}}},"required":["x"]}}]"""),
            Json($$$"""[{"f":{"x":{{{alternatives}}}}}]""")),
        Sample.Calls($$$"""[{"name":"f","arguments":{"x":{{{value}}}}}]"""));

    static JsonElement Json(string text) => JsonElement.Parse(text);
}
