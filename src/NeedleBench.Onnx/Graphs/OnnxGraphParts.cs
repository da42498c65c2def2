namespace NeedleBench.Onnx.Graphs;

/// <summary>The messages of a model in the making. Field numbers are those of ONNX's onnx.proto.</summary>
sealed class OnnxGraphParts(string name, int irVersion)
{
    readonly List<ProtoMessage> _inputs = [];
    readonly List<ProtoMessage> _outputs = [];
    readonly List<ProtoMessage> _nodes = [];
    readonly List<(string Key, string Value)> _metadata = [];

    public void AddMetadata(string key, string value) => _metadata.Add((key, value));

    public void AddInput(string input, OnnxElementType type, ReadOnlySpan<OnnxDimension> shape) =>
        _inputs.Add(ValueInfo(input, type, shape));

    public void AddOutput(string output, OnnxElementType type, ReadOnlySpan<OnnxDimension> shape) =>
        _outputs.Add(ValueInfo(output, type, shape));

    public void AddNode(
        string op,
        ReadOnlySpan<string> inputs,
        ReadOnlySpan<string> outputs,
        ReadOnlySpan<OnnxAttributeValue> attributes,
        string domain,
        string? node)
    {
        var message = new ProtoMessage();
        foreach (var input in inputs)
        {
            message.Text(1, input);
        }

        foreach (var output in outputs)
        {
            message.Text(2, output);
        }

        if (node is not null)
        {
            message.Text(3, node);
        }

        message.Text(4, op);
        foreach (var attribute in attributes)
        {
            message.Message(5, attribute.Message);
        }

        if (domain.Length > 0)
        {
            message.Text(7, domain);
        }

        _nodes.Add(message);
    }

    /// <summary>A ModelProto.</summary>
    /// <param name="opsets">Operator versions by domain.</param>
    /// <param name="initializers">TensorProtos.</param>
    public ProtoMessage ToModel(IEnumerable<KeyValuePair<string, int>> opsets, IEnumerable<ProtoMessage> initializers)
    {
        var graph = new ProtoMessage();
        AddAll(graph, 1, _nodes);
        graph.Text(2, name);
        AddAll(graph, 5, initializers);
        AddAll(graph, 11, _inputs);
        AddAll(graph, 12, _outputs);

        var model = new ProtoMessage();
        model.Number(1, irVersion);
        model.Text(2, "NeedleBench");
        model.Message(7, graph);
        foreach (var (domain, version) in opsets)
        {
            var opset = new ProtoMessage();
            opset.Text(1, domain);
            opset.Number(2, version);
            model.Message(8, opset);
        }

        foreach (var (key, value) in _metadata)
        {
            OnnxInitializer.AddPair(model, 14, key, value);
        }

        return model;
    }

    static void AddAll(ProtoMessage message, int field, IEnumerable<ProtoMessage> values)
    {
        foreach (var value in values)
        {
            message.Message(field, value);
        }
    }

    /// <summary>A ValueInfoProto of a tensor type.</summary>
    static ProtoMessage ValueInfo(string value, OnnxElementType type, ReadOnlySpan<OnnxDimension> shape)
    {
        var dimensions = new ProtoMessage();
        foreach (var dimension in shape)
        {
            var message = new ProtoMessage();
            if (dimension.Size is { } size)
            {
                message.Number(1, size);
            }
            else if (dimension.Name is { Length: > 0 } free)
            {
                message.Text(2, free);
            }

            dimensions.Message(1, message);
        }

        var tensor = new ProtoMessage();
        tensor.Number(1, (long)type);
        tensor.Message(2, dimensions);
        var proto = new ProtoMessage();
        proto.Message(1, tensor);
        var info = new ProtoMessage();
        info.Text(1, value);
        info.Message(2, proto);
        return info;
    }
}
