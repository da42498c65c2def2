using System.Text;
using NeedleBench.Onnx.Graphs;
using NeedleBench.Onnx.Runtime;

namespace NeedleBench.Onnx.Tests.Graphs;

public sealed class OnnxGraphBuilderTests
{
    [Fact]
    public void A_graph_is_written_byte_for_byte_as_the_format_says()
    {
        var graph = new OnnxGraphBuilder("g", opset: 17, irVersion: 8);
        graph.AddInput("a", OnnxElementType.Float, "n", 3);
        graph.AddNode("Neg", ["a"], ["b"]);
        graph.AddOutput("b", OnnxElementType.Float);

        // Put together by hand from onnx.proto: a tag is the field's number times eight plus 0 for a number, 2 for bytes.
        byte[] node = [0x0A, 1, (byte)'a', 0x12, 1, (byte)'b', 0x22, 3, .. "Neg"u8];
        byte[] shape = [0x0A, 3, 0x12, 1, (byte)'n', 0x0A, 2, 0x08, 3];
        byte[] tensor = [0x08, 1, 0x12, (byte)shape.Length, .. shape];
        byte[] type = [0x0A, (byte)tensor.Length, .. tensor];
        byte[] input = [0x0A, 1, (byte)'a', 0x12, (byte)type.Length, .. type];
        byte[] output = [0x0A, 1, (byte)'b', 0x12, 6, 0x0A, 4, 0x08, 1, 0x12, 0];
        byte[] body =
        [
            0x0A, (byte)node.Length, .. node, 0x12, 1, (byte)'g', 0x5A, (byte)input.Length, .. input, 0x62, (byte)output.Length, .. output,
        ];
        byte[] model =
        [
            0x08, 8, 0x12, 11, .. "NeedleBench"u8, 0x3A, (byte)body.Length, .. body, 0x42, 4, 0x0A, 0, 0x10, 17,
        ];
        Assert.Equal(Convert.ToHexString(model), Convert.ToHexString(graph.ToBytes()));
    }

    [OnnxCheckerFact]
    public void The_onnx_checker_accepts_what_is_written_and_reads_the_same_values()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("model.onnx");
        Everything().Save(file, "model.onnx.data", externalFrom: 8);
        Assert.True(File.Exists(folder.File("model.onnx.data")));

        Assert.Null(OnnxCheckerFactAttribute.Python(
            """
            import sys, onnx, onnx.numpy_helper
            onnx.checker.check_model(sys.argv[1], full_check=True)
            model = onnx.load(sys.argv[1])
            weights = {w.name: onnx.numpy_helper.to_array(w) for w in model.graph.initializer}
            assert weights['f'].tolist() == [[1.5, -2.0, 3.0]], weights
            assert weights['h'].dtype == 'float16' and weights['h'].tolist() == [0.5], weights
            assert weights['shape'].tolist() == [3, 2**40], weights
            assert weights['i8'].tolist() == [-1, 2] and weights['u8'].tolist() == [255], weights
            attributes = {a.name: onnx.helper.get_attribute_value(a) for n in model.graph.node for a in n.attribute}
            assert attributes['axes'] == [0, 2] and attributes['alpha'] == 0.5 and attributes['mode'] == b'constant', attributes
            assert attributes['scales'] == [1.0, 2.5] and attributes['words'] == [b'a', b'b'], attributes
            assert onnx.numpy_helper.to_array(attributes['value']).tolist() == [7], attributes
            assert [(o.domain, o.version) for o in model.opset_import] == [('', 17), ('com.example', 1)], model.opset_import
            assert [(p.key, p.value) for p in model.metadata_props] == [('made', 'here')]
            """,
            file));
    }

    [OnnxRuntimeFact]
    public void Weights_in_an_external_file_are_the_same_weights()
    {
        using var folder = new TemporaryFolder();
        var graph = new OnnxGraphBuilder("external");
        var values = Enumerable.Range(0, 3000).Select(n => (float)n).ToArray();
        var small = graph.AddInitializer("small", [1f]);
        var x = graph.AddInput("x", OnnxElementType.Float, 3000);
        var sum = graph.Apply("Add", [x, graph.AddInitializer("a", values, 3000)]);
        sum = graph.Apply("Add", [sum, graph.AddInitializer("b", values, 3000)]);
        graph.AddNode("Add", [sum, small], ["y"]);
        graph.AddOutput("y", OnnxElementType.Float, 3000);
        var file = folder.File("model.onnx");
        graph.Save(file, "weights.bin");
        Assert.Equal(12_288 + 12_000, new FileInfo(folder.File("weights.bin")).Length);
        Assert.True(new FileInfo(file).Length < 1000);

        using var session = OnnxSession.Open(file);
        using var zeros = OnnxValue.Over(new float[3000], 3000);
        using var y = session.Run([("x", zeros)]).Single();
        Assert.Equal(values.Select(value => (2 * value) + 1), y.AsSpan<float>().ToArray());
    }

    [OnnxRuntimeFact]
    public void Operators_of_the_runtime_s_own_domain_run()
    {
        var graph = new OnnxGraphBuilder("norm");
        var x = graph.AddInput("x", OnnxElementType.Float, 1, 2);
        var scale = graph.AddInitializer("scale", [1f, 10f], 2);
        graph.AddNode(
            "SkipSimplifiedLayerNormalization", [x, x, scale], ["y"], [OnnxAttributeValue.Float("epsilon", 0)], OnnxGraphBuilder.Microsoft);
        graph.AddOutput("y", OnnxElementType.Float, 1, 2);
        using var session = OnnxSession.FromBytes(graph.ToBytes());
        using var value = OnnxValue.Over(new float[] { 3, 4 }, 1, 2);
        using var y = session.Run([("x", value)]).Single();

        // 2x over its root mean square: sqrt((36 + 64) / 2).
        Assert.Equal(6 / Math.Sqrt(50), y.AsSpan<float>()[0], 5);
        Assert.Equal(80 / Math.Sqrt(50), y.AsSpan<float>()[1], 4);
    }

    [Fact]
    public void Names_are_defined_once_and_before_use()
    {
        var graph = new OnnxGraphBuilder("g");
        graph.AddInput("x", OnnxElementType.Float, 1);
        Assert.Throws<ArgumentException>(() => graph.AddInput("x", OnnxElementType.Float, 1));
        Assert.Throws<ArgumentException>(() => graph.AddInitializer("x", [1f], 1));
        Assert.Throws<ArgumentException>(() => graph.AddNode("Neg", ["y"], ["z"]));
        Assert.Throws<ArgumentException>(() => graph.AddNode("Neg", ["x"], ["x"]));
        graph.AddOutput("out", OnnxElementType.Float, 1);
        Assert.Throws<ArgumentException>(() => graph.AddOutput("out", OnnxElementType.Float, 1));
        Assert.Contains("'out'", Assert.Throws<InvalidOperationException>(graph.ToBytes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_do_not_fit_their_shape_are_refused()
    {
        var graph = new OnnxGraphBuilder("g");
        Assert.Throws<ArgumentException>(() => graph.AddInitializer("w", [1f, 2f], 3));
        Assert.Throws<ArgumentException>(() => graph.AddInitializer("w", OnnxElementType.Float16, new byte[3], 2));
        Assert.Throws<ArgumentException>(() => graph.Save("model.onnx", "../weights"));
        Assert.Throws<ArgumentException>(() => graph.Save("model.onnx", "model.onnx"));
    }

    [Fact]
    public void The_same_calls_give_the_same_bytes() =>
        Assert.Equal(Everything().ToBytes(), Everything().ToBytes());

    [Fact]
    public void Names_and_texts_are_utf8() =>
        Assert.True(TinyModels.Product().ToBytes().AsSpan().IndexOf(Encoding.UTF8.GetBytes("größe")) > 0);

    /// <summary>Each kind of constant and attribute once.</summary>
    static OnnxGraphBuilder Everything()
    {
        var graph = new OnnxGraphBuilder("everything");
        graph.AddMetadata("made", "here");
        var x = graph.AddInput("x", OnnxElementType.Float, "n", 3);
        var f = graph.AddInitializer("f", [1.5f, -2f, 3f], 1, 3);
        graph.AddInitializer("h", [(Half)0.5f], 1);
        graph.AddInitializer("shape", [3L, 1L << 40], 2);
        graph.AddInitializer<sbyte>("i8", [-1, 2], 2);
        graph.AddInitializer("u8", OnnxElementType.UInt8, new byte[] { 255 }, 1);
        var sum = graph.Apply("Add", [x, f]);
        var leaky = graph.Apply("LeakyRelu", [sum], [OnnxAttributeValue.Float("alpha", 0.5f)]);
        var filled = graph.Apply(
            "ConstantOfShape", [graph.Apply("Shape", [leaky])], [OnnxAttributeValue.Tensor("value", [7L], 1)]);
        graph.AddNode("Unsqueezed", [leaky], ["u"], [OnnxAttributeValue.Ints("axes", 0, 2)], "com.example");
        graph.AddNode(
            "Other",
            [filled, "", "u"],
            ["", "o"],
            [
                OnnxAttributeValue.Text("mode", "constant"), OnnxAttributeValue.Floats("scales", 1, 2.5f),
                OnnxAttributeValue.Texts("words", "a", "b"),
            ],
            "com.example");
        graph.AddOutput(leaky, OnnxElementType.Float, "n", 3);
        return graph;
    }
}
