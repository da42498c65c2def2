using System.Text;
using System.Text.Json;

namespace NeedleBench.Harness.Suites;

/// <summary>Writes suites as <see cref="SuiteReader"/> reads them. The same suite gives the same bytes.</summary>
public static class SuiteWriter
{
    static readonly JsonWriterOptions Head = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = HarnessJson.Indented.Encoder,
    };

    static readonly JsonWriterOptions Compact = new() { Encoder = HarnessJson.Line.Encoder };

    /// <summary>
    /// Writes a suite to a new folder, whole or not at all: the files are written in a folder beside it, read back, and the
    /// folder renamed. A case names the tools that it shares with <see cref="Suite.Tools"/> (the same
    /// object) and holds all others inline. Cases go one a line, so a case that is read back has its place in the file for <see cref="SuiteCase.Line"/>.
    /// </summary>
    /// <param name="suite">The suite; its <see cref="Suite.Folder"/> is not used.</param>
    /// <param name="folder">The folder to make. Its name must be the suite's, and nothing may stand there.</param>
    /// <returns>The suite as it is read from <paramref name="folder"/>.</returns>
    /// <exception cref="InputException">
    /// Something stands at <paramref name="folder"/>, it has another name than the suite, it cannot be written to, or
    /// the suite is one that <see cref="SuiteReader"/> refuses. Nothing is left behind.
    /// </exception>
    public static Suite Write(Suite suite, string folder)
    {
        ArgumentNullException.ThrowIfNull(suite);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Path.GetFileName(target) != suite.Name)
        {
            throw new InputException(
                $"the folder of the suite '{suite.Name}' is named '{Path.GetFileName(target)}'", "Give both the same name.", folder);
        }

        if (Path.Exists(target))
        {
            throw new InputException("something stands here already", "Name a folder that is not there yet, or remove this one.", folder);
        }

        var parent = Path.GetDirectoryName(target)!;
        // The reader wants a folder named as the suite, so the temporary folder is its parent.
        var temporary = Path.Combine(parent, $".{suite.Name}.tmp");
        try
        {
            // What a killed process left is made anew.
            DeleteIfThere(temporary);
            var inside = Directory.CreateDirectory(Path.Combine(temporary, suite.Name)).FullName;
            WriteFile(inside, SuiteReader.SuiteFile, Head, writer => SuiteJson.WriteHead(writer, suite));
            WriteLines(inside, SuiteReader.ToolsFile, "[\n", ",\n", "\n]\n", suite.Tools, SuiteJson.WriteTool);
            var shared = suite.Tools.ToHashSet<ToolDefinition>(ReferenceEqualityComparer.Instance);
            WriteLines(inside, SuiteReader.CasesFile, "", "\n", "\n", suite.Cases, (writer, item) => SuiteJson.WriteCase(writer, item, shared));
            ReadBack(inside, folder);
            Directory.Move(inside, target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"the suite cannot be written ({e.Message.TrimEnd('.')})", "Make room there, or name a folder that can be written to.",
                folder, inner: e);
        }
        finally
        {
            DeleteIfPossible(temporary);
        }

        return SuiteReader.Read(folder);
    }

    static void ReadBack(string written, string folder)
    {
        try
        {
            _ = SuiteReader.Read(written);
        }
        catch (InputException e)
        {
            // The files are about to go, so the message names where they were to stand.
            var file = e.File is null ? folder : Path.Combine(folder, Path.GetFileName(e.File));
            throw new InputException($"the suite would not be readable: {e.Problem}", e.Mend, file, e.Line, e);
        }
    }

    static void WriteFile(string folder, string name, JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        using var stream = Create(folder, name);
        using (var writer = new Utf8JsonWriter(stream, options))
        {
            write(writer);
        }

        stream.Write("\n"u8);
        stream.Flush(flushToDisk: true);
    }

    static void WriteLines<T>(
        string folder, string name, string before, string between, string after, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        using var stream = Create(folder, name);
        using var writer = new Utf8JsonWriter(stream, Compact);
        Put(before);
        for (var i = 0; i < items.Count; i++)
        {
            Put(i == 0 ? "" : between);
            write(writer, items[i]);
            writer.Flush();
            writer.Reset();
        }

        Put(after);
        stream.Flush(flushToDisk: true);

        void Put(string text) => stream.Write(Encoding.UTF8.GetBytes(text));
    }

    static FileStream Create(string folder, string name) =>
        new(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);

    static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static void DeleteIfPossible(string folder)
    {
        try
        {
            DeleteIfThere(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What stopped the writing stops this, too; the caller hears of the first.
        }
    }
}
