using System.Text.Json;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Tests.Suites;

public sealed class SuiteWriterTests : IDisposable
{
    const string Cases = """
        {"id":"s/001","query":"Zoë's \"late\" alarm \u2028 <b>","tools":["set_timer","set_alarm"],"expected":[{"name":"set_alarm","arguments":{"time":["06:30","half six"],"loud":[true,null],"days":[["Mon","Tue"]]}},{"name":"set_timer","arguments":{"minutes":[3.0,1e2]}}],"style":"terse","tags":["time","lang:de"]}
        {"id":"s/002","query":"brew","tools":["set_timer",{"name":"set_alarm","description":"Another of that name.","parameters":{"cups":{"type":"integer","required":true}}},{"name":"bare"}],"expected":[],"style":"none"}
        """;

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    Suite Source(string extra = ",\"source\":\"elsewhere\",\"profile\":\"needlebench-60\"") =>
        SuiteReader.Read(SuiteFiles.Write(_folder.File("in"), "s", Cases, head: SuiteFiles.Head("s", extra)));

    [Fact]
    public void What_is_written_reads_back_as_the_same_suite()
    {
        var suite = Source();
        var written = SuiteWriter.Write(suite, _folder.File("out/s"));
        SuiteAssert.Equal(suite, written);
        SuiteAssert.Equal(suite, SuiteReader.Read(_folder.File("out/s")));
        Assert.Equal(SuiteHash.Reference(suite, null), SuiteHash.Reference(written, null));
        Assert.Equal(_folder.File("out/s"), written.Folder);

        // Named where the definition is tools.json's own, inline where only the name is.
        using var second = JsonDocument.Parse(File.ReadLines(_folder.File("out/s/cases.jsonl")).Last());
        Assert.Equal(
            [JsonValueKind.String, JsonValueKind.Object, JsonValueKind.Object],
            second.RootElement.GetProperty("tools").EnumerateArray().Select(tool => tool.ValueKind));
    }

    [Fact]
    public void A_suite_without_source_or_profile_stays_without()
    {
        var written = SuiteWriter.Write(Source(""), _folder.File("out/s"));
        Assert.Null(written.Source);
        Assert.Null(written.Profile);
    }

    [Theory]
    [InlineData("tools.json")]
    [InlineData("suite.json")]
    [InlineData("cases.jsonl")]
    public void Writes_the_same_bytes_twice_with_no_carriage_return(string file)
    {
        var first = SuiteWriter.Write(Source(), _folder.File("a/s"));
        SuiteWriter.Write(first, _folder.File("b/s"));
        var bytes = File.ReadAllBytes(_folder.File($"a/s/{file}"));
        Assert.Equal(bytes, File.ReadAllBytes(_folder.File($"b/s/{file}")));
        Assert.DoesNotContain((byte)'\r', bytes);
        Assert.Equal((byte)'\n', bytes[^1]);
    }

    [Fact]
    public void Refuses_a_folder_or_file_that_is_there_and_leaves_it_alone()
    {
        var suite = Source();
        Directory.CreateDirectory(_folder.File("out/s"));
        Assert.Contains("stands here already", Refused(suite, "out/s").Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.File("out/s")));

        File.WriteAllText(_folder.File("s"), "mine");
        Assert.Contains("stands here already", Refused(suite, "s").Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_folder.File("s")));
    }

    [Fact]
    public void Refuses_a_folder_with_another_name() =>
        Assert.Contains("'other'", Refused(Source(), "out/other").Message, StringComparison.Ordinal);

    [Fact]
    public void A_suite_that_could_not_be_read_leaves_nothing_behind()
    {
        var suite = Source();
        var error = Refused(suite with { Cases = [.. suite.Cases, suite.Cases[0]] }, "out/s");
        Assert.Contains("the id 's/001' stands on line 1 already", error.Problem, StringComparison.Ordinal);
        Assert.Equal(_folder.File("out/s/cases.jsonl"), error.File);
        Assert.Equal(3, error.Line);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.File("out")));
    }

    [Fact]
    public void Refuses_a_parent_that_is_a_file()
    {
        File.WriteAllText(_folder.File("file"), "");
        Assert.Contains("cannot be written", Refused(Source(), "file/s").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_over_what_a_killed_process_left()
    {
        Directory.CreateDirectory(_folder.File("out/.s.tmp/s"));
        File.WriteAllText(_folder.File("out/.s.tmp/s/cases.jsonl"), "half a li");
        var suite = Source();
        SuiteAssert.Equal(suite, SuiteWriter.Write(suite, _folder.File("out/s")));
        Assert.Equal([_folder.File("out/s")], Directory.EnumerateFileSystemEntries(_folder.File("out")));
    }

    InputException Refused(Suite suite, string folder) =>
        Assert.Throws<InputException>(() => SuiteWriter.Write(suite, _folder.File(folder)));
}
