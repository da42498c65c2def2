using NeedleBench.Training.TeacherSynthesis;

namespace NeedleBench.Training.Tests.TeacherSynthesis;

public class TeacherReplyTests
{
    const string List = """[{"query":"a","calls":[]},{"query":"b [x] {y}","calls":[{"name":"f","arguments":{}}]}]""";

    [Theory]
    [InlineData(List)]
    [InlineData("```json\n" + List + "\n```")]
    [InlineData("Here are [2] of the {examples}, as asked [sic]:\n" + List + "\nAnything else?")]
    [InlineData("{\"examples\":" + List + "}")]
    [InlineData("""[{"query":"a","calls":[]},{"query":"b [x] {y}","calls":[{"name":"f","arguments":{}}],},]""")]
    [InlineData("<think>Perhaps [{\"query\":\"draft\",\"calls\":[]}]?</think>" + List)]
    public void Finds_the_list_wherever_it_stands(string text)
    {
        var (examples, problem) = TeacherReply.Read(text, isCut: false);

        Assert.Null(problem);
        Assert.Equal(["a", "b [x] {y}"], examples.Select(e => e.GetProperty("query").GetString()));
    }

    [Fact]
    public void A_single_example_needs_no_list() =>
        Assert.Single(TeacherReply.Read("""{"query":"a","calls":[{"name":"f","arguments":{}}]}""", isCut: false).Examples);

    [Theory]
    [InlineData("""[{"query":"a","calls":[]},{"query":"b","ca""", false, RejectionReason.Truncated)]
    [InlineData(List, true, RejectionReason.Truncated)]
    [InlineData("I would rather not.", false, RejectionReason.NoJson)]
    [InlineData("", false, RejectionReason.NoJson)]
    [InlineData("""[{"query":"a","calls":[]} {"query":"b","calls":[]}]""", false, RejectionReason.MalformedJson)]
    [InlineData("""{"examples":[{"query":"a","calls":[]},;]}""", false, RejectionReason.MalformedJson)]
    [InlineData("""[{"query":"a","calls":[{"name":"f","arguments":{"query":'b'}}]}]""", false, RejectionReason.MalformedJson)]
    [InlineData("""[{query: "a"}]""", false, RejectionReason.MalformedJson)]
    [InlineData("""["a","b"]""", false, RejectionReason.MalformedJson)]
    public void Says_why_there_is_none(string text, bool isCut, RejectionReason reason) =>
        Assert.Equal(reason, TeacherReply.Read(text, isCut).Problem);

    [Fact]
    public void Gives_up_on_text_that_is_all_brackets() =>
        Assert.NotNull(TeacherReply.Read(new string('{', 1_000_000) + "x", isCut: false).Problem);
}
