using NeedleBench.Onnx.Graphs;
using NeedleBench.Onnx.LanguageModels;

namespace NeedleBench.Onnx.Tests.LanguageModels;

public sealed class GraphWeightsTests
{
    [Fact]
    public void Packed_matrices_tell_the_precision_and_hide_the_number_of_weights()
    {
        using var folder = new TemporaryFolder();
        var graph = new OnnxGraphBuilder("packed");
        var x = graph.AddInput("x", OnnxElementType.Float, 1, 64);
        var packed = graph.AddInitializer("w", new byte[16 * 2 * 16], 16, 2, 16);
        var scales = graph.AddInitializer("scales", new float[32], 32);
        graph.AddNode(
            "MatMulNBits",
            [x, packed, scales],
            ["y"],
            [OnnxAttributeValue.Int("K", 64), OnnxAttributeValue.Int("N", 16), OnnxAttributeValue.Int("bits", 4), OnnxAttributeValue.Int("block_size", 32)],
            OnnxGraphBuilder.Microsoft);
        graph.AddOutput("y", OnnxElementType.Float, 1, 16);
        graph.Save(folder.File("model.onnx"), "weights", externalFrom: 64);

        var weights = GraphWeights.Read(folder.File("model.onnx"));

        Assert.Equal("q4", weights.Precision);
        Assert.Null(weights.Parameters);
        Assert.Equal((16 * 2 * 16) + (32 * 4), weights.Bytes);
    }

    [Fact]
    public void Most_bytes_name_the_precision_and_rotary_tables_and_constants_of_nodes_are_told_apart()
    {
        using var folder = new TemporaryFolder();
        var graph = new OnnxGraphBuilder("half");
        graph.AddInitializer("w", new Half[100], 10, 10);
        graph.AddInitializer("norm", new float[10], 10);
        graph.AddInitializer("model.cos_cache", new Half[30], 30);
        graph.AddInitializer("axes", [1L], 1);
        graph.AddNode("Constant", [], ["c"], [OnnxAttributeValue.Tensor("value", [1f, 2f], 2)]);
        graph.AddOutput("c", OnnxElementType.Float, 2);
        graph.Save(folder.File("model.onnx"));

        var weights = GraphWeights.Read(folder.File("model.onnx"));

        Assert.Equal("fp16", weights.Precision);
        Assert.Equal(100 + 10 + 2, weights.Parameters);
        Assert.Equal(200 + 40 + 60 + 8 + 8, weights.Bytes);
    }

    [Fact]
    public void Damaged_files_are_read_or_refused_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("model.onnx");
        TinyModels.Product().Save(file);
        var whole = File.ReadAllBytes(file);
        var random = new Random(5);
        var refused = 0;
        for (var n = 0; n < 1000; n++)
        {
            var bytes = n < whole.Length ? whole[..n] : [.. whole];
            if (n >= whole.Length)
            {
                for (var flips = random.Next(1, 4); flips > 0; flips--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }
            }

            File.WriteAllBytes(file, bytes);
            try
            {
                Assert.True(GraphWeights.Read(file).Bytes >= 0);
            }
            catch (InputException e)
            {
                Assert.NotNull(e.File);
                refused++;
            }
        }

        Assert.True(refused > 100, $"{refused}");
    }
}
