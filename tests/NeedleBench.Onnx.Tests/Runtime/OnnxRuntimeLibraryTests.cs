using NeedleBench.Onnx.Runtime;

namespace NeedleBench.Onnx.Tests.Runtime;

public sealed class OnnxRuntimeLibraryTests
{
    [OnnxRuntimeFact]
    public void Loads_once_and_says_what()
    {
        Assert.True(OnnxRuntimeLibrary.TryLoad(out var whyNot), whyNot);
        Assert.Same(OnnxRuntimeLibrary.Runtime, OnnxRuntimeLibrary.Runtime);
        Assert.True(File.Exists(OnnxRuntimeLibrary.LoadedFile));
        Assert.Matches(@"^\d+\.\d+\.\d+", OnnxRuntimeLibrary.LoadedVersion);
    }

    [OnnxRuntimeFact]
    public void A_second_environment_does_no_harm()
    {
        var second = OnnxRuntimeLibrary.Load(OnnxRuntimeLibrary.LoadedFile, "nowhere");
        Assert.Equal(OnnxRuntimeLibrary.LoadedVersion, second.Version);
        using var session = OnnxSession.FromBytes(TinyModels.Product().ToBytes());
        Assert.Single(session.Inputs);
    }

    [OnnxRuntimeFact]
    public void A_named_file_or_folder_wins_over_the_program_s_own()
    {
        using var folder = new TemporaryFolder();
        var link = folder.File(Path.GetFileName(OnnxRuntimeLibrary.LoadedFile!));
        try
        {
            File.CreateSymbolicLink(link, OnnxRuntimeLibrary.LoadedFile!);
        }
        catch (Exception e) when (OperatingSystem.IsWindows() && e is IOException or UnauthorizedAccessException)
        {
            File.Copy(OnnxRuntimeLibrary.LoadedFile!, link);
        }

        Assert.Equal(link, OnnxRuntimeLibrary.Load(link, AppContext.BaseDirectory).File);
        Assert.Equal(link, OnnxRuntimeLibrary.Load(folder.Path, AppContext.BaseDirectory).File);
    }

    [Fact]
    public void A_named_place_without_the_library_is_told_and_nothing_else_is_tried()
    {
        using var folder = new TemporaryFolder();
        var e = Assert.Throws<InputException>(() => OnnxRuntimeLibrary.Load(folder.Path, AppContext.BaseDirectory));
        Assert.Contains(folder.Path, e.Message, StringComparison.Ordinal);
        Assert.Contains("NEEDLEBENCH_ONNXRUNTIME", e.Mend, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void A_program_without_the_library_is_told_where_it_was_looked_for()
    {
        using var folder = new TemporaryFolder();
        var e = Assert.Throws<InputException>(() => OnnxRuntimeLibrary.Load(null, folder.Path));
        Assert.Contains(Path.Combine(folder.Path, "runtimes"), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_library_is_told()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("text.so");
        File.WriteAllText(file, "not a library");
        var e = Assert.Throws<InputException>(() => OnnxRuntimeLibrary.Load(file, folder.Path));
        Assert.Contains(file, e.Problem, StringComparison.Ordinal);
    }
}
