using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Tests.Suites;

public sealed class SuiteHashTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    (string Prompt, string Answer) Hashes(string cases, string tools = SuiteFiles.Tools, int? limit = null)
    {
        var reference = SuiteHash.Reference(SuiteReader.Read(SuiteFiles.Write(_folder.Path, "s", cases, tools)), limit);
        return (reference.PromptHash, reference.AnswerHash);
    }

    [Fact]
    public void A_changed_query_changes_the_prompt_hash_only()
    {
        var (prompt, answer) = Hashes(SuiteFiles.Alarm("s/001"));
        var other = Hashes(SuiteFiles.Alarm("s/001", "wake me at six!"));
        Assert.NotEqual(prompt, other.Prompt);
        Assert.Equal(answer, other.Answer);
    }

    [Theory]
    [InlineData("""["six","6"]""")]
    [InlineData("""["six",null]""")]
    [InlineData("""[6]""")]
    public void A_changed_answer_changes_the_answer_hash_only(string time)
    {
        var (prompt, answer) = Hashes(SuiteFiles.Alarm("s/001"));
        var other = Hashes(SuiteFiles.Alarm("s/001", time: time));
        Assert.Equal(prompt, other.Prompt);
        Assert.NotEqual(answer, other.Answer);
    }

    [Fact]
    public void A_changed_tool_changes_the_prompt_hash()
    {
        var old = Hashes(SuiteFiles.Alarm("s/001"));
        Assert.NotEqual(old.Prompt, Hashes(SuiteFiles.Alarm("s/001"), SuiteFiles.Tools.Replace("Sets a timer", "Starts a timer", StringComparison.Ordinal)).Prompt);
        Assert.NotEqual(old.Prompt, Hashes(SuiteFiles.Alarm("s/001"), SuiteFiles.Tools.Replace("\"minimum\":1", "\"minimum\":2", StringComparison.Ordinal)).Prompt);
    }

    [Fact]
    public void White_space_escapes_style_and_tags_do_not_count()
    {
        var old = Hashes(SuiteFiles.Alarm("s/001", "caf\u00e9"));
        var respelt = SuiteFiles.Alarm("s/001", "caf\\u00e9").Replace(",", " , ", StringComparison.Ordinal)
            .Replace("terse", "polite", StringComparison.Ordinal).Replace("\"time\"]", "\"other\"]", StringComparison.Ordinal);
        Assert.Equal(old, Hashes(respelt, SuiteFiles.Tools.Replace("\n", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void Only_the_first_cases_count_where_the_run_is_cut()
    {
        var first = SuiteFiles.Alarm("s/001");
        var one = Hashes(first);
        Assert.Equal(one, Hashes(first + "\n" + SuiteFiles.Alarm("s/002"), limit: 1));
        Assert.NotEqual(one, Hashes(first + "\n" + SuiteFiles.Alarm("s/002")));
        Assert.Equal(1, SuiteHash.Reference(SuiteReader.Read(_folder.File("s")), 1).Cases);
        Assert.Equal(2, SuiteHash.Reference(SuiteReader.Read(_folder.File("s")), 5).Cases);
    }

    [Fact]
    public void A_boundary_moved_between_two_texts_is_a_change()
    {
        static string Tool(string name, string description) => $$"""[{"name":"{{name}}","description":"{{description}}"}]""";
        static string Case(string tool) => $$"""{"id":"s/001","query":"q","tools":["{{tool}}"],"expected":[],"style":"none"}""";
        Assert.NotEqual(Hashes(Case("ab"), Tool("ab", "c")).Prompt, Hashes(Case("a"), Tool("a", "bc")).Prompt);
    }
}
