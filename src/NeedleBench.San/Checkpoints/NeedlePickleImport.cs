namespace NeedleBench.San.Checkpoints;

/// <summary>
/// Reads Needle's own checkpoint, <c>needle.pkl</c>: <c>{"params": …, "config": …}</c> with the layers stacked on a leading axis and
/// matrices as [in, out]. Nothing is written; save the result with <see cref="SanCheckpoint.Save"/>.
/// </summary>
public static class NeedlePickleImport
{
    const string Mend = "Give a needle.pkl as Needle's own tools write it, with 'params' and 'config'.";
    const int MaxPathLength = 512;
    const int MaxLeaves = 10_000;

    /// <summary>Reads a pickle file into weights. Arrays of it that we do not know stand in <see cref="SanWeights.UnknownTensors"/>.</summary>
    /// <exception cref="InputException">
    /// The file is no such pickle, asks for code, or its arrays do not fit its config; the message names the array.
    /// </exception>
    public static SanWeights Import(string picklePath) => FromTree(NeedlePickle.Read(picklePath), picklePath);

    /// <summary>Reads a pickle that is already in memory.</summary>
    /// <param name="pickle">All its bytes.</param>
    /// <param name="displayName">What error messages call it.</param>
    /// <inheritdoc cref="Import(string)"/>
    public static SanWeights Import(ReadOnlyMemory<byte> pickle, string displayName) =>
        FromTree(NeedlePickle.Parse(pickle, displayName), displayName);

    static SanWeights FromTree(object? tree, string file)
    {
        if (tree is not IReadOnlyDictionary<string, object?> root
            || root.GetValueOrDefault("params") is not IReadOnlyDictionary<string, object?> parameters
            || root.GetValueOrDefault("config") is not IReadOnlyDictionary<string, object?> values)
        {
            throw new InputException("the pickle holds no dictionary with the dictionaries 'params' and 'config'", Mend, file);
        }

        var config = SanConfigReader.Read(values, file);
        var arrays = new Dictionary<string, NumpyArray>(StringComparer.Ordinal);
        var unknown = root.Keys.Where(key => key is not ("params" or "config" or "pretrain_step")).ToList();
        Flatten(parameters, "", arrays, unknown, file);

        var retrieval = arrays.ContainsKey(NeedlePickleLayout.RetrievalHiddenKernel)
            || arrays.ContainsKey(NeedlePickleLayout.RetrievalHiddenBias)
            || arrays.ContainsKey(NeedlePickleLayout.RetrievalProjectionKernel);
        var leaves = NeedlePickleLayout.Of(config, retrieval).ToArray();
        var known = leaves.Select(leaf => leaf.Path).Append(NeedlePickleLayout.LogTemperature).ToHashSet(StringComparer.Ordinal);
        unknown.AddRange(arrays.Keys.Where(path => !known.Contains(path)));
        unknown.Sort(StringComparer.Ordinal);
        var missing = leaves.Select(leaf => leaf.Path).Where(path => !arrays.ContainsKey(path)).ToArray();
        SanCheckpoint.RequireAll(missing, leaves.Length, unknown, file, Mend);
        foreach (var leaf in leaves)
        {
            SanCheckpoint.RequireShape(arrays[leaf.Path].Shape, leaf.StackedShape, leaf.Path, file, Mend);
        }

        var tensors = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (var leaf in leaves)
        {
            var stacked = arrays[leaf.Path].ToFloats();
            SanCheckpoint.RequireFinite(stacked, leaf.Path, file);
            Split(leaf, stacked, tensors);
        }

        return SanTensors.Assemble(config, tensors, unknown);
    }

    // Safe to recurse: the reader has checked the tree's depth.
    static void Flatten(
        IReadOnlyDictionary<string, object?> node, string prefix, Dictionary<string, NumpyArray> arrays, List<string> unknown, string file)
    {
        foreach (var (key, value) in node)
        {
            // Shared parts count each time they are reached, so short keys and few leaves are what bounds the memory.
            if (prefix.Length + key.Length > MaxPathLength || arrays.Count + unknown.Count > MaxLeaves)
            {
                throw new InputException(
                    $"'params' has more than {MaxLeaves} entries or names longer than {MaxPathLength} characters", Mend, file);
            }

            var path = prefix + key;
            if (value is IReadOnlyDictionary<string, object?> inner)
            {
                Flatten(inner, path + "/", arrays, unknown, file);
            }
            else if (value is not NumpyArray array)
            {
                unknown.Add(path);
            }
            else if (!arrays.TryAdd(path, array))
            {
                throw new InputException($"two arrays are at '{CheckpointText.Short(path)}'", Mend, file);
            }
        }
    }

    static void Split(NeedlePickleLeaf leaf, float[] stacked, Dictionary<string, float[]> tensors)
    {
        var count = leaf.Layers ?? 1;
        var size = stacked.Length / count;
        for (var layer = 0; layer < count; layer++)
        {
            var values = stacked.AsSpan(layer * size, size);
            tensors[leaf.Name(layer)] = leaf.IsKernel ? Transpose(values, leaf.Shape[0], leaf.Shape[1]) : values.ToArray();
        }
    }

    static float[] Transpose(ReadOnlySpan<float> kernel, int inputs, int outputs)
    {
        var weight = new float[kernel.Length];
        for (var i = 0; i < inputs; i++)
        {
            for (var o = 0; o < outputs; o++)
            {
                weight[(o * inputs) + i] = kernel[(i * outputs) + o];
            }
        }

        return weight;
    }
}
