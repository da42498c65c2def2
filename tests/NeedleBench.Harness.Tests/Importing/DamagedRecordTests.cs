using System.Text;
using NeedleBench.Harness.Importing;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Tests.Importing;

public sealed class DamagedRecordTests : IDisposable
{
    const string Needle = """{"query":"weather in Köln","tools":"[{\"name\":\"get_weather\",\"parameters\":{\"city\":{\"type\":\"string\",\"required\":true}}}]","answers":"[{\"name\":\"get_weather\",\"arguments\":{\"city\":\"Köln\"}}]"}""";
    const string Chat = """{"messages":[{"role":"user","content":"weather"},{"role":"assistant","tool_calls":[{"function":{"name":"w","arguments":"{\"city\":[1,{}]}"}}]}],"tools":[{"type":"function","function":{"name":"w","parameters":{"type":"object","properties":{"city":{"type":"array"}}}}}]}""";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Needle, false)]
    [InlineData(Chat, true)]
    public void A_damaged_record_is_imported_or_refused_by_file_and_line_but_never_crashes(string record, bool chat)
    {
        var random = new Random(20261121);
        var bytes = Encoding.UTF8.GetBytes(record);
        var pieces = "\"\\{}[],:0nfalse\u00ff".Select(c => (byte)c).ToArray();
        var refused = 0;
        for (var i = 0; i < 600; i++)
        {
            var damaged = (byte[])bytes.Clone();
            for (var hits = random.Next(1, 4); hits > 0; hits--)
            {
                damaged[random.Next(damaged.Length)] = pieces[random.Next(pieces.Length)];
            }

            refused += Refused(damaged, chat, $"s{i}") ? 1 : 0;
        }

        Assert.InRange(refused, 300, 599);
        Assert.Equal(600 - refused, Directory.Exists(_folder.File("out")) ? Directory.GetFileSystemEntries(_folder.File("out")).Length : 0);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(58)]
    [InlineData(59)]
    [InlineData(60)]
    [InlineData(61)]
    [InlineData(62)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(100_000)]
    public void Deep_parameters_and_arguments_are_imported_or_refused(int depth)
    {
        var deep = string.Concat(Enumerable.Repeat("{\\\"a\\\":", depth)) + "1" + new string('}', depth);
        var lines = new[]
        {
            $$"""{"query":"q","tools":"[{\"name\":\"t\",\"parameters\":{{deep}}}]","answers":[]}""",
            $$"""{"query":"q","tools":[{"name":"t"}],"answers":"[{\"name\":\"t\",\"arguments\":{{deep}}}]"}""",
        };
        var refused = lines.Select((line, i) => Refused(Encoding.UTF8.GetBytes(line), chat: false, $"s{i}")).ToList();
        // JSON is read to a depth of 64, some of it taken by what a suite puts around a record.
        Assert.All(refused, isRefused => Assert.True(depth > 50 ? isRefused || depth < 64 : !isRefused));
        if (Directory.Exists(_folder.File("out")) && SuiteCatalog.Names(_folder.File("out")).Count > 0)
        {
            // What reads must be checked without a crash, too, whatever is found.
            Assert.NotNull(SuiteValidator.Validate(SuiteCatalog.Load(_folder.File("out"), [])));
        }
    }

    bool Refused(byte[] line, bool chat, string name)
    {
        var file = _folder.File("data.jsonl");
        File.WriteAllBytes(file, line);
        try
        {
            _ = chat ? OpenAiImporter.Import(file, _folder.File("out"), name) : NeedleImporter.Import(file, _folder.File("out"), name);
            return false;
        }
        catch (InputException e)
        {
            Assert.NotNull(e.File);
            return true;
        }
    }
}
