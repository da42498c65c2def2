namespace NeedleBench.San.Checkpoints;

/// <summary>
/// Checkpoint folders as the network's authors publish theirs: <c>config.json</c>, <c>model.safetensors</c> and the tokenizer's
/// file. Their folder opens as it is; a saved one opens in their tools.
/// </summary>
public static class SanCheckpoint
{
    public const string ConfigFile = "config.json";

    public const string WeightsFile = "model.safetensors";

    const string SameCheckpoint = $"Give the {ConfigFile} and the weights of the same checkpoint.";

    /// <summary>Where a folder may keep its tokenizer; the first that exists is taken.</summary>
    public static IReadOnlyList<string> TokenizerFiles { get; } = ["tokenizer.model", "tokenizer/needle.model", "needle.model"];

    /// <summary>Reads config and weights of a checkpoint folder; the tokenizer is read elsewhere (<see cref="FindTokenizer"/>).</summary>
    /// <exception cref="InputException">A file is missing, damaged, or does not fit the config.</exception>
    public static SanWeights Load(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InputException(
                File.Exists(folder) ? "this is a file, not a checkpoint folder" : "there is no such folder",
                $"Give a folder with {ConfigFile} and {WeightsFile}; a needle.pkl has to be imported into one first.",
                folder);
        }

        var config = SanConfig.Read(Require(folder, ConfigFile));
        var weights = Require(folder, WeightsFile);
        using var file = SafetensorsFile.Open(weights);
        return LoadSafetensors(file, config, weights);
    }

    /// <summary>Reads the weights out of an open file.</summary>
    /// <param name="file">The tensors, in F32, F16 or BF16.</param>
    /// <param name="config">The sizes they must have.</param>
    /// <param name="displayName">What error messages call the file.</param>
    /// <exception cref="InputException">
    /// Tensors are missing, have another shape than the config asks for, or hold values that are not finite; or the output layer
    /// is not the embedding. The message names the tensor.
    /// </exception>
    public static SanWeights LoadSafetensors(SafetensorsFile file, SanConfig config, string displayName)
    {
        config.Validate();
        var retrieval = file.Tensors.ContainsKey(SanTensorNames.RetrievalHidden)
            || file.Tensors.ContainsKey(SanTensorNames.RetrievalHiddenBias)
            || file.Tensors.ContainsKey(SanTensorNames.RetrievalProjection);
        var layout = SanTensors.Layout(config, retrieval).ToArray();
        var known = layout.Select(tensor => tensor.Name).Append(SanTensorNames.OutputLayer).ToHashSet(StringComparer.Ordinal);
        var unknown = file.Tensors.Keys.Where(name => !known.Contains(name)).Order(StringComparer.Ordinal).ToArray();
        var missing = layout.Select(tensor => tensor.Name).Where(name => !file.Tensors.ContainsKey(name)).ToArray();
        RequireAll(missing, layout.Length, unknown, displayName);

        // All shapes first: nothing is allocated for a file that does not fit.
        foreach (var (name, shape) in layout)
        {
            RequireShape(file.Tensors[name].Shape, shape, name, displayName);
        }

        if (file.Tensors.ContainsKey(SanTensorNames.OutputLayer) && !file.AreSame(SanTensorNames.OutputLayer, SanTensorNames.Embedding))
        {
            throw new InputException(
                $"'{SanTensorNames.OutputLayer}' differs from '{SanTensorNames.Embedding}'; only tied embeddings are supported",
                "Give a checkpoint whose output layer is its embedding.",
                displayName);
        }

        var values = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (var (name, shape) in layout)
        {
            var tensor = new float[shape.Aggregate(1, (product, size) => product * size)];
            file.Read(name, tensor);
            RequireFinite(tensor, name, displayName);
            values[name] = tensor;
        }

        return SanTensors.Assemble(config, values, unknown);
    }

    /// <summary>
    /// Writes <c>config.json</c> and <c>model.safetensors</c>, the output layer included, as the authors do. Everything is written
    /// aside first, so that a failure to write leaves neither a partial folder nor a changed one; then a new folder appears in one
    /// rename, and in a folder that exists these two files, and no others, are replaced by one rename each.
    /// </summary>
    /// <exception cref="InputException">A weight is not finite or too large for <paramref name="dtype"/>, or the folder cannot be written.</exception>
    public static void Save(SanWeights weights, string folder, SafetensorsDtype dtype)
    {
        if (string.IsNullOrWhiteSpace(folder) || folder.Contains('\0', StringComparison.Ordinal))
        {
            throw new InputException("the folder to save to has no name", "Give a folder's path.");
        }

        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var existing = target;
        while (!Directory.Exists(existing))
        {
            if (File.Exists(existing))
            {
                throw new InputException("this is a file, not a folder", "Give another folder to save to.", existing);
            }

            existing = Path.GetDirectoryName(existing)!;
        }

        // Beside the first folder that exists, so that it lies on the same disk and moving it is a rename.
        var aside = Path.Combine(existing, $".{Path.GetFileName(target)}-{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(aside);
            using (var config = File.Create(Path.Combine(aside, ConfigFile)))
            {
                weights.Config.Write(config);
            }

            SafetensorsWriter.Write(
                Path.Combine(aside, WeightsFile), SanTensors.Of(weights), dtype, new Dictionary<string, string> { ["format"] = "pt" });
            MoveInto(aside, target);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"the checkpoint cannot be written: {error.Message.TrimEnd('.')}", "Give a folder that can be written.", folder, inner: error);
        }
        finally
        {
            if (Directory.Exists(aside))
            {
                Directory.Delete(aside, recursive: true);
            }
        }
    }

    /// <summary>The path of the folder's SentencePiece tokenizer.</summary>
    /// <exception cref="InputException">It has none in the usual places.</exception>
    public static string FindTokenizer(string folder) =>
        TokenizerFiles.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new InputException("the folder has no tokenizer", $"Put it there as one of: {string.Join(", ", TokenizerFiles)}.", folder);

    /// <exception cref="InputException">Tensors are missing.</exception>
    internal static void RequireAll(
        IReadOnlyList<string> missing, int expected, IReadOnlyList<string> unknown, string file, string mend = SameCheckpoint)
    {
        if (missing.Count == 0)
        {
            return;
        }

        var others = unknown.Count == 0 ? "" : $"; it has tensors we do not know: {CheckpointText.Names(unknown)}";
        throw missing.Count == expected
            ? new InputException(
                $"none of the {expected} tensors of a Simple Attention Network is in it{others}",
                "Give the authors' own checkpoint, or rename the tensors to theirs.",
                file)
            : new InputException(
                $"{missing.Count} of {expected} tensors are missing: {CheckpointText.Names(missing)}{others}",
                mend,
                file);
    }

    /// <exception cref="InputException">The shapes differ.</exception>
    internal static void RequireShape(IReadOnlyList<long> found, int[] expected, string name, string file, string mend = SameCheckpoint)
    {
        if (found.Count != expected.Length || found.Where((size, i) => size != expected[i]).Any())
        {
            throw new InputException(
                $"tensor '{name}' has the shape {CheckpointText.Shape(found)}, the config asks for {CheckpointText.Shape(expected)}",
                mend,
                file);
        }
    }

    /// <exception cref="InputException">A value is NaN or infinite.</exception>
    internal static void RequireFinite(ReadOnlySpan<float> values, string name, string file)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
            {
                throw new InputException(
                    $"tensor '{name}' holds {CheckpointText.Of(value)}; weights must be finite",
                    "The checkpoint is damaged or its training diverged: give another.",
                    file);
            }
        }
    }

    static string Require(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path)
            ? path
            : throw new InputException(
                $"the folder has no {name}", $"A checkpoint folder holds {ConfigFile}, {WeightsFile} and tokenizer.model.", folder);
    }

    static void MoveInto(string aside, string target)
    {
        if (!Directory.Exists(target))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            Directory.Move(aside, target);
            return;
        }

        File.Move(Path.Combine(aside, WeightsFile), Path.Combine(target, WeightsFile), overwrite: true);
        File.Move(Path.Combine(aside, ConfigFile), Path.Combine(target, ConfigFile), overwrite: true);
    }
}
