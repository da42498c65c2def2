namespace NeedleBench.Onnx.LanguageModels;

/// <summary>What a graph's weights are and weigh, external files included.</summary>
sealed record GraphWeights
{
    const string Mend = "Download the model again, with every file that belongs to the graph.";

    readonly string[] _files;

    GraphWeights(string[] files) => _files = files;

    /// <summary>Bytes of all constants; what two of them share in an external file counts once.</summary>
    public long Bytes { get; private init; }

    /// <summary>How most bytes are held: <c>fp32</c>, <c>fp16</c>, <c>bf16</c>, <c>int8</c>, <c>uint8</c>; or <c>q4</c> and the like of packed matrices.</summary>
    public required string Precision { get; init; }

    /// <summary>
    /// Elements of the floating-point constants, tables of rotary positions left out; null where weights are quantised, for a
    /// graph does not say then how many there were.
    /// </summary>
    public long? Parameters { get; private init; }

    /// <summary>Reads a graph, and looks whether the files are whole that it keeps weights in.</summary>
    /// <exception cref="InputException">It is no ONNX model, or a file is missing or cut off.</exception>
    public static GraphWeights Read(string graph)
    {
        try
        {
            var scanner = GraphScanner.Scan(graph);
            var external = CheckExternal(scanner.Tensors, graph);
            var tensors = scanner.Tensors.DistinctBy(t => t.Location is null ? (object)t : (t.Location, t.Offset)).ToList();
            var largest = tensors.GroupBy(t => t.Type).OrderByDescending(g => g.Sum(t => t.Bytes)).Select(g => g.Key).FirstOrDefault();
            var precision = scanner.PackedBits > 0 ? FormattableString.Invariant($"q{scanner.PackedBits}") : largest switch
            {
                (int)OnnxElementType.Float => "fp32",
                (int)OnnxElementType.Float16 => "fp16",
                (int)OnnxElementType.BFloat16 => "bf16",
                (int)OnnxElementType.Int8 => "int8",
                (int)OnnxElementType.UInt8 => "uint8",
                _ => "unknown",
            };
            return new GraphWeights([graph, .. external])
            {
                Bytes = tensors.Sum(t => t.Bytes),
                Precision = precision,
                Parameters = precision is "fp32" or "fp16" or "bf16"
                    ? tensors.Where(t => t.IsFloat && !IsRotaryTable(t.Name)).Sum(t => t.Elements)
                    : null,
            };
        }
        catch (Exception e) when (e is InvalidDataException or OverflowException)
        {
            throw new InputException($"the file is not an ONNX model ({e.Message.TrimEnd('.')})", Mend, graph, inner: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the file cannot be read ({e.Message.TrimEnd('.')})", "Check that it is there and may be read.", graph, inner: e);
        }
    }

    /// <summary>SHA-256, hexadecimal, over the graph and its external files.</summary>
    /// <exception cref="InputException">A file cannot be read.</exception>
    public string Hash() => FileHash.Of(_files);

    static List<string> CheckExternal(IReadOnlyList<GraphTensor> tensors, string graph)
    {
        var files = new List<string>();
        foreach (var group in tensors.Where(t => t.Location is not null).GroupBy(t => t.Location!).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(graph))!, group.Key);
            if (!File.Exists(file))
            {
                throw new InputException($"the weights are missing that {Path.GetFileName(graph)} keeps in this file", Mend, file);
            }

            var (needed, there) = (group.Max(t => checked(t.Offset + t.Bytes)), new FileInfo(file).Length);
            if (there < needed)
            {
                throw new InputException($"the file is cut off: {there} bytes, of at least {needed}", Mend, file);
            }

            files.Add(file);
        }

        return files;
    }

    static bool IsRotaryTable(string name) =>
        name.Contains("cos_cache", StringComparison.OrdinalIgnoreCase) || name.Contains("sin_cache", StringComparison.OrdinalIgnoreCase);
}
