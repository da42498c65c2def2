using NeedleBench.Onnx.Runtime;

namespace NeedleBench.Onnx.San;

/// <summary>The open graphs of one folder.</summary>
/// <param name="Retrieval">Null where there is no retrieval head.</param>
/// <param name="Bytes">What the graphs' files weigh, weights in external files included.</param>
sealed record SanOnnxSessions(OnnxSession Encoder, OnnxSession Decoder, OnnxSession? Retrieval, long Bytes)
{
    /// <exception cref="InputException">A graph cannot be opened, or ONNX Runtime's library is missing.</exception>
    public static SanOnnxSessions Open(string folder, int threads)
    {
        // Shapes change with each request. Idle threads of one graph must not spin while the other works.
        var options = new OnnxSessionOptions
        {
            IntraOpThreads = threads,
            MemoryPattern = false,
            Settings = new Dictionary<string, string> { ["session.force_spinning_stop"] = "1" },
        };
        var sessions = new List<OnnxSession>();
        try
        {
            string[] files = [SanOnnxNames.EncoderFile, SanOnnxNames.DecoderFile, SanOnnxNames.RetrievalFile];
            foreach (var file in files.Select(file => Path.Combine(folder, file)).Where((path, i) => i < 2 || File.Exists(path)))
            {
                sessions.Add(OnnxSession.Open(file, options));
            }

            return new SanOnnxSessions(sessions[0], sessions[1], sessions.ElementAtOrDefault(2), GraphFiles(folder).Sum(file => file.Length));
        }
        catch
        {
            sessions.ForEach(session => session.Dispose());
            throw;
        }
    }

    /// <summary>The graphs' files, and the files of weights beside them, in ordinal order of their names.</summary>
    public static IEnumerable<FileInfo> GraphFiles(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*.onnx*").OrderBy(file => file.Name, StringComparer.Ordinal);

    public static OnnxValue Ids(ReadOnlySpan<int> ids)
    {
        var values = new long[ids.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ids[i];
        }

        return OnnxValue.Over(values, 1, values.Length);
    }
}
