using System.Globalization;

namespace NeedleBench.Onnx.Graphs;

/// <summary>
/// Writes ONNX models: one graph of inputs, constant tensors, nodes and outputs, in the order in which they are added. A
/// name must be defined before a node uses it, and only once, so that what is written is in ONNX's required order.
/// The same calls give the same bytes. Not thread-safe.
/// </summary>
/// <param name="name">The graph's name.</param>
/// <param name="opset">The version of ONNX's own operators that nodes mean.</param>
/// <param name="irVersion">The version of the file format; 8 is what opsets 15 to 18 came with.</param>
public sealed class OnnxGraphBuilder(string name, int opset = 17, int irVersion = 8)
{
    // External tensors begin at a multiple of a page, so that a runtime can map them.
    const int ExternalAlignment = 4096;

    readonly OnnxGraphParts _parts = new(name, irVersion);
    readonly SortedDictionary<string, int> _opsets = new(StringComparer.Ordinal) { [""] = opset };
    readonly HashSet<string> _defined = new(StringComparer.Ordinal);
    readonly HashSet<string> _outputs = new(StringComparer.Ordinal);
    readonly List<OnnxInitializer> _initializers = [];
    int _unnamed;

    /// <summary>The domain of ONNX Runtime's own operators, such as MatMulNBits and GroupQueryAttention.</summary>
    public const string Microsoft = "com.microsoft";

    /// <summary>Says which version of a domain's operators nodes mean; a domain that is never imported counts as version 1.</summary>
    public void ImportOpset(string domain, int version) => _opsets[domain] = version;

    /// <summary>Adds a free text to the model's metadata.</summary>
    public void AddMetadata(string key, string value) => _parts.AddMetadata(key, value);

    /// <param name="name">What nodes and callers call it.</param>
    /// <param name="type">Its elements.</param>
    /// <param name="shape">Sizes, or names for free dimensions; none for a scalar.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException">The name is empty or already taken.</exception>
    public string AddInput(string name, OnnxElementType type, params ReadOnlySpan<OnnxDimension> shape)
    {
        Define(name);
        _parts.AddInput(name, type, shape);
        return name;
    }

    /// <summary>Makes something that a node, an input or a constant defines an output; it may be defined later.</summary>
    /// <inheritdoc cref="AddInput"/>
    public string AddOutput(string name, OnnxElementType type, params ReadOnlySpan<OnnxDimension> shape)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!_outputs.Add(name))
        {
            throw new ArgumentException($"'{name}' is an output already.", nameof(name));
        }

        _parts.AddOutput(name, type, shape);
        return name;
    }

    /// <summary>Adds a constant tensor; the values are copied.</summary>
    /// <param name="name">What nodes call it.</param>
    /// <param name="values">Its elements, row-major.</param>
    /// <param name="shape">Sizes of the dimensions; none for a scalar.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException">The name is taken, or the number of values is not the shape's.</exception>
    /// <exception cref="NotSupportedException">No element type is <typeparamref name="T"/>.</exception>
    public string AddInitializer<T>(string name, ReadOnlySpan<T> values, params ReadOnlySpan<long> shape)
        where T : unmanaged =>
        Add(OnnxInitializer.Of(name, values, shape));

    /// <inheritdoc cref="AddInitializer{T}(string, ReadOnlySpan{T}, ReadOnlySpan{long})"/>
    public string AddInitializer<T>(string name, T[] values, params ReadOnlySpan<long> shape)
        where T : unmanaged =>
        AddInitializer<T>(name, values.AsSpan(), shape);

    /// <summary>Adds a constant tensor of bytes that are kept, not copied: they must not change before the model is written.</summary>
    /// <param name="name">What nodes call it.</param>
    /// <param name="type">What the bytes hold.</param>
    /// <param name="data">Little-endian elements, row-major.</param>
    /// <param name="shape">Sizes of the dimensions; none for a scalar.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException">The name is taken, or the number of bytes is not the shape's.</exception>
    public string AddInitializer(string name, OnnxElementType type, ReadOnlyMemory<byte> data, params ReadOnlySpan<long> shape) =>
        Add(OnnxInitializer.Of(name, type, data, shape));

    /// <param name="op">The operator, such as <c>MatMul</c>.</param>
    /// <param name="inputs">Names that are already defined; an empty one leaves an optional input out.</param>
    /// <param name="outputs">Names that the node defines; an empty one leaves an optional output out.</param>
    /// <param name="attributes">The node's constants.</param>
    /// <param name="domain">Whose operator it is; empty for ONNX's own.</param>
    /// <param name="name">The node's own name, for profiles and messages.</param>
    /// <exception cref="ArgumentException">An input is not defined yet, an output's name is taken, or an attribute stands twice.</exception>
    public void AddNode(
        string op,
        ReadOnlySpan<string> inputs,
        ReadOnlySpan<string> outputs,
        ReadOnlySpan<OnnxAttributeValue> attributes = default,
        string domain = "",
        string? name = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(op);
        foreach (var input in inputs)
        {
            if (input.Length > 0 && !_defined.Contains(input))
            {
                throw new ArgumentException($"Node {op} uses '{input}', which nothing before it defines.", nameof(inputs));
            }
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            if (!names.Add(attribute.Name))
            {
                throw new ArgumentException($"Node {op} has the attribute '{attribute.Name}' twice.", nameof(attributes));
            }
        }

        foreach (var output in outputs)
        {
            if (output.Length > 0)
            {
                Define(output);
            }
        }

        _opsets.TryAdd(domain, 1);
        _parts.AddNode(op, inputs, outputs, attributes, domain, name);
    }

    /// <summary>Adds a node of one output, which gets a name of its own: for chains of nodes.</summary>
    /// <returns>The output's name.</returns>
    /// <inheritdoc cref="AddNode"/>
    public string Apply(string op, ReadOnlySpan<string> inputs, ReadOnlySpan<OnnxAttributeValue> attributes = default, string domain = "")
    {
        string output;
        do
        {
            output = string.Create(CultureInfo.InvariantCulture, $"{op}_{_unnamed++}");
        }
        while (_defined.Contains(output));
        AddNode(op, inputs, [output], attributes, domain);
        return output;
    }

    /// <summary>The model as a file's bytes, weights and all.</summary>
    /// <exception cref="InvalidOperationException">Nothing defines an output, or the model is larger than two gigabytes.</exception>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        Model(initializer => initializer.ToMessage()).WriteTo(stream);
        return stream.ToArray();
    }

    /// <summary>Writes the model to a file, whole or not at all.</summary>
    /// <param name="path">The file to write or replace.</param>
    /// <param name="externalData">
    /// Where given, the name of a file beside <paramref name="path"/> that takes the larger constants. It is written first, so
    /// that a model never lacks its weights; where both are replaced, a crash in between leaves the old model with new weights.
    /// </param>
    /// <param name="externalFrom">Constants of at least so many bytes go to the external file.</param>
    /// <exception cref="InputException">The disk is full, or the folder cannot be written to.</exception>
    /// <exception cref="InvalidOperationException">Nothing defines an output, or a file would be larger than two gigabytes.</exception>
    /// <exception cref="ArgumentException"><paramref name="externalData"/> is not the plain name of another file.</exception>
    public void Save(string path, string? externalData = null, int externalFrom = 1024)
    {
        if (externalData is null)
        {
            var model = Model(initializer => initializer.ToMessage());
            AtomicFile.Write(path, model.WriteTo);
            return;
        }

        if (externalData.Length == 0 || Path.GetFileName(externalData) != externalData || externalData == Path.GetFileName(path))
        {
            throw new ArgumentException($"'{externalData}' is not the plain name of another file beside the model.", nameof(externalData));
        }

        var offsets = new Dictionary<OnnxInitializer, long>(ReferenceEqualityComparer.Instance);
        var end = 0L;
        foreach (var initializer in _initializers.Where(initializer => initializer.Data.Length >= externalFrom))
        {
            offsets[initializer] = end = Aligned(end);
            end += initializer.Data.Length;
        }

        var lean = Model(initializer => offsets.TryGetValue(initializer, out var offset)
            ? initializer.ToMessage(externalData, offset)
            : initializer.ToMessage());
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        AtomicFile.Write(Path.Combine(folder, externalData), stream => WriteExternal(stream, offsets));
        AtomicFile.Write(path, lean.WriteTo);
    }

    void WriteExternal(Stream stream, Dictionary<OnnxInitializer, long> offsets)
    {
        var zeros = new byte[ExternalAlignment];
        var written = 0L;
        foreach (var initializer in _initializers.Where(offsets.ContainsKey))
        {
            var offset = offsets[initializer];
            stream.Write(zeros.AsSpan(0, (int)(offset - written)));
            stream.Write(initializer.Data.Span);
            written = offset + initializer.Data.Length;
        }
    }

    ProtoMessage Model(Func<OnnxInitializer, ProtoMessage> tensor)
    {
        var missing = _outputs.FirstOrDefault(output => !_defined.Contains(output));
        return missing is null
            ? _parts.ToModel(_opsets, _initializers.Select(tensor))
            : throw new InvalidOperationException($"Nothing defines the output '{missing}'.");
    }

    string Add(OnnxInitializer initializer)
    {
        Define(initializer.Name);
        _initializers.Add(initializer);
        return initializer.Name;
    }

    void Define(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!_defined.Add(name))
        {
            throw new ArgumentException($"The graph defines '{name}' already.", nameof(name));
        }
    }

    static long Aligned(long offset) => (offset + ExternalAlignment - 1) / ExternalAlignment * ExternalAlignment;
}
