using NeedleBench.Harness.Running;

namespace NeedleBench.Harness.Tests.Running;

public sealed class RunFolderTests : IDisposable
{
    readonly RunFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("../up")]
    [InlineData("/etc")]
    [InlineData("c:x")]
    [InlineData("a\nb")]
    [InlineData("a ")]
    public void Refuses_names_that_are_no_folder_names(string name) =>
        Assert.Contains("no name for a run", Assert.Throws<InputException>(() => RunFolder.Open(_fixture.Results, name)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Refuses_a_second_writer_while_the_first_is_there_and_every_time()
    {
        using (RunFolder.Open(_fixture.Results, "r1"))
        {
            for (var i = 0; i < 2; i++)
            {
                var error = await Assert.ThrowsAsync<InputException>(() => _fixture.Run(_fixture.Request(resume: true)));
                Assert.Contains("another process is writing", error.Message, StringComparison.Ordinal);
            }

            Assert.Empty(_fixture.Models.Diary);
        }

        Assert.Equal(16, (await _fixture.Run(_fixture.Request())).Answered);
        Assert.False(File.Exists(Path.Combine(_fixture.RunFolder, ".lock")));
    }

    [Fact]
    public async Task Refuses_a_results_folder_that_is_a_file()
    {
        await File.WriteAllTextAsync(_fixture.Results, "x");
        var error = await Assert.ThrowsAsync<InputException>(() => _fixture.Run(_fixture.Request()));
        Assert.Contains("cannot be made", error.Message, StringComparison.Ordinal);
        Assert.Empty(_fixture.Models.Diary);
    }

    [Fact]
    public async Task Refuses_where_predictions_cannot_be_written()
    {
        Directory.CreateDirectory(_fixture.Predictions);
        var error = await Assert.ThrowsAsync<InputException>(() => _fixture.Run(_fixture.Request()));
        Assert.Contains("predictions cannot be written", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_where_the_description_cannot_be_written_and_leaves_no_part_of_it()
    {
        Directory.CreateDirectory(Path.Combine(_fixture.RunFolder, "run.json"));
        var error = await Assert.ThrowsAsync<InputException>(() => _fixture.Run(_fixture.Request()));
        Assert.Contains("run.json: the file cannot be written", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_fixture.RunFolder));
    }

    [Theory]
    [InlineData("{\n\"name\":", 2)]
    [InlineData("{}", null)]
    [InlineData("null", null)]
    public async Task Refuses_a_broken_description(string text, int? line)
    {
        Directory.CreateDirectory(_fixture.RunFolder);
        var file = Path.Combine(_fixture.RunFolder, "run.json");
        await File.WriteAllTextAsync(file, text);
        var error = await Assert.ThrowsAsync<InputException>(() => _fixture.Run(_fixture.Request(resume: true)));
        Assert.Equal(file, error.File);
        Assert.True(line is null || error.Line == line);
        Assert.Throws<InputException>(() => RunReader.Read(_fixture.RunFolder));
    }

    [Fact]
    public void Refuses_to_read_where_there_is_no_run() =>
        Assert.Contains("there is no run", Assert.Throws<InputException>(() => RunReader.Read(_fixture.RunFolder)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Reads_a_run_that_is_being_written()
    {
        await _fixture.Run(_fixture.Request());
        using var writer = new FileStream(_fixture.Predictions, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        Assert.Equal(16, RunReader.Read(_fixture.RunFolder).Predictions.Count);
        File.Delete(_fixture.Predictions);
        Assert.Empty(RunReader.Read(_fixture.RunFolder).Predictions);
    }

    [Fact]
    public void Describes_this_machine()
    {
        var machine = MachineProbe.Describe();
        Assert.Equal(Environment.ProcessorCount, machine.Cores);
        Assert.True(machine.MemoryBytes > 0);
        Assert.All([machine.Os, machine.Cpu, machine.Simd, machine.Runtime], text => Assert.False(string.IsNullOrWhiteSpace(text)));
        if (System.Runtime.Intrinsics.X86.Avx2.IsSupported)
        {
            Assert.Matches("^AVX(2|-512)", machine.Simd);
        }
    }
}
