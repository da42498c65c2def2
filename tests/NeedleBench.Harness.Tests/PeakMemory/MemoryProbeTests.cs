using System.Text.Json;
using NeedleBench.Harness.PeakMemory;
using NeedleBench.Harness.Tests.Running;

namespace NeedleBench.Harness.Tests.PeakMemory;

public class MemoryProbeTests
{
    static readonly ToolCallRequest Request = new(
        "wake me\n\u2028 um \"sechs\"",
        [
            new("set_alarm", "Sets it.", JsonElement.Parse("""{"type":"object","properties":{"time":{"type":"string"}}}""")),
            new("stop", "", default),
        ])
    { MaxOutputTokens = 7 };

    [Fact]
    public async Task Memory_that_a_model_touches_and_lets_go_counts()
    {
        const int Bytes = 64 << 20;
        var models = new FakeModels
        {
            Answer = (_, _) =>
            {
                // Above what this process held at any time before, so that its peak must grow; tests beside this one may let go of some.
                var large = new List<byte[]>();
                var enough = (4L * Bytes) + ProcessMemory.PeakResidentBytes() - Environment.WorkingSet;
                for (var held = 0L; held < enough; held += Bytes)
                {
                    large.Add(GC.AllocateUninitializedArray<byte>(Bytes));
                    large[^1].AsSpan().Fill(1);
                }

                GC.KeepAlive(large);
                return FakeModels.Alarm("six");
            },
        };

        var measured = await MemoryProbe.MeasureAsync(models.Catalog, "fake:x", [Request, Request]);

        Assert.Equal(("fake:x", "f0", 2), (measured.Model, measured.Fingerprint, measured.Requests));
        Assert.InRange(measured.PeakResidentBytes - measured.EmptyResidentBytes, Bytes, long.MaxValue);
        Assert.InRange(measured.EmptyResidentBytes, 1 << 20, long.MaxValue);
        Assert.Equal(["open x", $"x: {Request.Query} (7)", $"x: {Request.Query} (7)", "close x"], models.Diary);
    }

    [Fact]
    public async Task Nothing_to_ask_is_refused()
    {
        await Assert.ThrowsAsync<InputException>(() => MemoryProbe.MeasureAsync(new FakeModels().Catalog, "fake:x", []));
    }

    [Fact]
    public void The_peak_is_read_in_units_of_1024_bytes()
    {
        Assert.Equal(2192L * 1024, ProcessMemory.FromStatus(["Name:\tx", "VmPeak:\t    9999 kB", "VmHWM:\t    2192 kB", "VmRSS:\t    1000 kB"]));
        Assert.Null(ProcessMemory.FromStatus(["Name:\tx"]));
        Assert.Null(ProcessMemory.FromStatus(["VmHWM:\tmuch"]));
    }

    [Fact]
    public void Requests_cross_the_line_as_they_were()
    {
        var text = RequestLines.Write([Request, new("hello", [])]);
        var read = RequestLines.Read(new StringReader(text));

        Assert.Equal([Request.Query, "hello"], read.Select(r => r.Query));
        Assert.Equal([7, null], read.Select(r => r.MaxOutputTokens));
        Assert.Empty(read[1].Tools);
        Assert.Equal(Request.Tools.Select(t => (t.Name, t.Description, t.Schema.GetRawText())), read[0].Tools.Select(t => (t.Name, t.Description, t.Schema.GetRawText())));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"query":1,"tools":[]}""")]
    [InlineData("""{"query":"x"}""")]
    public void A_line_that_is_no_request_is_named(string line)
    {
        var text = RequestLines.Write([Request]) + line;

        Assert.Equal(2, Assert.Throws<InputException>(() => RequestLines.Read(new StringReader(text))).Line);
    }
}
