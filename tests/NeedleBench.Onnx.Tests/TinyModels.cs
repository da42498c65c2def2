using NeedleBench.Onnx.Graphs;

namespace NeedleBench.Onnx.Tests;

/// <summary>Models of a node or two.</summary>
static class TinyModels
{
    /// <summary><c>x [rows,2]</c> times <c>[[1,2],[3,4]]</c> is <c>y [rows,2]</c>; with a free text, too.</summary>
    public static OnnxGraphBuilder Product()
    {
        var graph = new OnnxGraphBuilder("product");
        graph.AddMetadata("größe", "klein");
        var x = graph.AddInput("x", OnnxElementType.Float, "rows", 2);
        var w = graph.AddInitializer("w", [1f, 2f, 3f, 4f], 2, 2);
        graph.AddNode("MatMul", [x, w], ["y"], name: "the product");
        graph.AddOutput("y", OnnxElementType.Float, "rows", 2);
        return graph;
    }

    /// <summary>A cache as decoders have it: <c>past [1,n]</c> and <c>new [1,m]</c> joined to <c>present [1,n+m]</c>.</summary>
    public static OnnxGraphBuilder Cache()
    {
        var graph = new OnnxGraphBuilder("cache");
        var past = graph.AddInput("past", OnnxElementType.Float, 1, "past_length");
        var added = graph.AddInput("new", OnnxElementType.Float, 1, "length");
        graph.AddNode("Concat", [past, added], ["present"], [OnnxAttributeValue.Int("axis", 1)]);
        graph.AddOutput("present", OnnxElementType.Float, 1, "total_length");
        return graph;
    }

    /// <summary>One input <c>x</c> of a shape, twice itself as <c>y</c>.</summary>
    public static OnnxGraphBuilder Doubled(OnnxElementType type)
    {
        var graph = new OnnxGraphBuilder("doubled");
        var x = graph.AddInput("x", type, "n");
        graph.AddNode("Add", [x, x], ["y"]);
        graph.AddOutput("y", type, "n");
        return graph;
    }

    /// <summary>Casts <c>x</c> of one type to <c>y</c> of another.</summary>
    public static OnnxGraphBuilder Cast(OnnxElementType from, OnnxElementType to)
    {
        var graph = new OnnxGraphBuilder("cast");
        var x = graph.AddInput("x", from, "n");
        graph.AddNode("Cast", [x], ["y"], [OnnxAttributeValue.Int("to", (long)to)]);
        graph.AddOutput("y", to, "n");
        return graph;
    }
}
