using NeedleBench.Onnx.Graphs;
using NeedleBench.Onnx.Runtime;

namespace NeedleBench.Onnx.Tests.Runtime;

public sealed class OnnxSessionTests
{
    [OnnxRuntimeFact]
    public void Multiplies_matrices_over_memory_of_ours()
    {
        using var session = OnnxSession.FromBytes(TinyModels.Product().ToBytes());
        float[] memory = [1, 0, 0, 1, 2, -1];
        using var x = OnnxValue.Over(memory, 3, 2);

        using var y = session.Run([("x", x)]).Single();

        Assert.Equal(OnnxElementType.Float, y.ElementType);
        Assert.Equal([3L, 2L], y.Shape.ToArray());
        Assert.Equal([1, 2, 3, 4, -1, 0], y.AsSpan<float>().ToArray());

        // The same value again, over memory that has changed: nothing was copied.
        memory[0] = 10;
        using var again = session.Run([("x", x)], ["y"]).Single();
        Assert.Equal([10, 20, 3, 4, -1, 0], again.AsSpan<float>().ToArray());
        Assert.Equal([1, 2, 3, 4, -1, 0], y.AsSpan<float>().ToArray());
    }

    [OnnxRuntimeFact]
    public void Says_what_the_model_takes_and_gives()
    {
        var graph = TinyModels.Product();
        graph.AddInput("mask", OnnxElementType.Int64, OnnxDimension.Free(""));
        graph.AddInput("flag", OnnxElementType.Bool);
        using var session = OnnxSession.FromBytes(graph.ToBytes());

        Assert.Equal(["x Float[rows,2]", "mask Int64[?]", "flag Bool[]"], session.Inputs.Select(input => input.ToString()));
        Assert.Equal(["y Float[rows,2]"], session.Outputs.Select(output => output.ToString()));
        Assert.Equal(2, session.Inputs[0].Shape[1].Size);
        Assert.Null(session.Inputs[0].Shape[0].Size);
        Assert.Equal("klein", Assert.Single(session.Metadata, text => text.Key == "größe").Value);
    }

    [OnnxRuntimeFact]
    public void Half_precision_goes_in_and_out()
    {
        using var session = OnnxSession.FromBytes(TinyModels.Doubled(OnnxElementType.Float16).ToBytes());
        using var x = OnnxValue.Over(new[] { (Half)0.5f, (Half)(-3f) }, 2);
        using var y = session.Run([("x", x)]).Single();

        Assert.Equal(OnnxElementType.Float16, y.ElementType);
        Assert.Equal([(Half)1f, (Half)(-6f)], y.AsSpan<Half>().ToArray());
    }

    [OnnxRuntimeFact]
    public void Whole_numbers_keep_all_their_bits()
    {
        using var session = OnnxSession.FromBytes(TinyModels.Doubled(OnnxElementType.Int64).ToBytes());
        using var x = OnnxValue.Over(new[] { 4_611_686_018_427_387_903L, -1L }, 2);
        using var y = session.Run([("x", x)]).Single();

        Assert.Equal([9_223_372_036_854_775_806L, -2L], y.AsSpan<long>().ToArray());
    }

    [OnnxRuntimeFact]
    public void Each_element_type_arrives_as_itself()
    {
        Check<sbyte>([-128, 7], [-128, 7]);
        Check<byte>([255, 7], [255, 7]);
        Check([int.MinValue, 7], [int.MinValue, 7]);
        Check([false, true], [0, 1]);
        Check<short>([-300, 7], [-300, 7]);
        Check<ushort>([60000, 7], [60000, 7]);
        Check([-0.5, 7.0], [-0.5f, 7]);

        static void Check<T>(T[] values, float[] expected)
            where T : unmanaged
        {
            using var there = OnnxSession.FromBytes(TinyModels.Cast(OnnxElements.TypeOf<T>(), OnnxElementType.Float).ToBytes());
            using var back = OnnxSession.FromBytes(TinyModels.Cast(OnnxElementType.Float, OnnxElements.TypeOf<T>()).ToBytes());
            using var x = OnnxValue.Over(values, values.Length);
            using var floats = there.Run([("x", x)]).Single();
            Assert.Equal(expected, floats.AsSpan<float>().ToArray());

            // Of whole numbers, those that a float holds come back as they were.
            using var last = OnnxValue.Over(expected.AsMemory(1), 1);
            using var y = back.Run([("x", last)]).Single();
            Assert.Equal(values[1], y.AsSpan<T>()[0]);
        }
    }

    [OnnxRuntimeFact]
    public void Bytes_that_are_no_model_are_refused_with_a_code()
    {
        var e = Assert.Throws<OnnxRuntimeException>(() => OnnxSession.FromBytes("not a model"u8));
        Assert.Equal(OnnxRuntimeErrorCode.InvalidProtobuf, e.Code);
        Assert.NotEmpty(e.Message);
    }

    [OnnxRuntimeFact]
    public void An_operator_that_does_not_exist_is_named()
    {
        var graph = new OnnxGraphBuilder("bad");
        var x = graph.AddInput("x", OnnxElementType.Float, 1);
        graph.AddNode("Frobnicate", [x], ["y"]);
        graph.AddOutput("y", OnnxElementType.Float, 1);

        var e = Assert.Throws<OnnxRuntimeException>(() => OnnxSession.FromBytes(graph.ToBytes()));
        Assert.Contains("Frobnicate", e.Message, StringComparison.Ordinal);
        Assert.NotEqual(OnnxRuntimeErrorCode.None, e.Code);
    }

    [OnnxRuntimeFact]
    public void A_missing_file_is_named()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("nowhere.onnx");
        var e = Assert.Throws<InputException>(() => OnnxSession.Open(file));
        Assert.Equal(file, e.File);
        Assert.Equal(OnnxRuntimeErrorCode.NoSuchFile, Assert.IsType<OnnxRuntimeException>(e.InnerException).Code);
    }

    [OnnxRuntimeFact]
    public void A_file_that_is_no_model_is_named()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("text.onnx");
        File.WriteAllText(file, "not a model");
        var e = Assert.Throws<InputException>(() => OnnxSession.Open(file));
        Assert.Equal(file, e.File);
        Assert.Equal(OnnxRuntimeErrorCode.InvalidProtobuf, Assert.IsType<OnnxRuntimeException>(e.InnerException).Code);
    }

    [OnnxRuntimeFact]
    public void Inputs_of_wrong_shape_type_or_name_are_refused()
    {
        using var session = OnnxSession.FromBytes(TinyModels.Product().ToBytes());
        using var wide = OnnxValue.Over(new float[3], 1, 3);
        using var whole = OnnxValue.Over(new long[2], 1, 2);

        Assert.Equal(
            OnnxRuntimeErrorCode.InvalidArgument, Assert.Throws<OnnxRuntimeException>(() => session.Run([("x", wide)])).Code);
        Assert.Equal(
            OnnxRuntimeErrorCode.InvalidArgument, Assert.Throws<OnnxRuntimeException>(() => session.Run([("x", whole)])).Code);
        Assert.Contains("input 'x'", Assert.Throws<ArgumentException>(() => session.Run([])).Message, StringComparison.Ordinal);
        Assert.Contains("it has x", Assert.Throws<ArgumentException>(() => session.Run([("z", wide)])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "it has y", Assert.Throws<ArgumentException>(() => session.Run([("x", wide)], ["z"])).Message, StringComparison.Ordinal);
    }

    [OnnxRuntimeFact]
    public void Disposing_twice_is_harmless_and_use_afterwards_is_told()
    {
        var session = OnnxSession.FromBytes(TinyModels.Product().ToBytes());
        var x = OnnxValue.Over(new float[2], 1, 2);
        var y = session.Run([("x", x)]).Single();
        y.Dispose();
        y.Dispose();
        Assert.Throws<ObjectDisposedException>(() => y.AsSpan<float>()[0]);
        x.Dispose();
        x.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Run([("x", x)]));
        session.Dispose();
        session.Dispose();
        using var other = OnnxValue.Over(new float[2], 1, 2);
        Assert.Throws<ObjectDisposedException>(() => session.Run([("x", other)]));
        Assert.Throws<ObjectDisposedException>(session.CreateBinding);
    }

    [OnnxRuntimeFact]
    public void An_output_outlives_its_session_and_its_input()
    {
        OnnxValue y;
        using (var session = OnnxSession.FromBytes(TinyModels.Product().ToBytes()))
        using (var x = OnnxValue.Over(new float[] { 5, 6 }, 1, 2))
        {
            y = session.Run([("x", x)]).Single();
        }

        using (y)
        {
            Assert.Equal([23, 34], y.AsSpan<float>().ToArray());
        }
    }

    [OnnxRuntimeFact]
    public void Every_option_opens_and_runs()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("mödel.onnx");
        var optimized = folder.File("optimized.onnx");
        TinyModels.Product().Save(file);
        foreach (var options in new OnnxSessionOptions[]
        {
            new(),
            new() { IntraOpThreads = 1, Optimization = OnnxGraphOptimization.None, OptimizedModelFile = optimized },
            new() { IntraOpThreads = 2, Spinning = false, Optimization = OnnxGraphOptimization.Basic },
            new() { InterOpThreads = 2, ParallelOperators = true, MemoryPattern = false, Optimization = OnnxGraphOptimization.Extended },
            new() { CpuArena = false, Settings = new Dictionary<string, string> { ["session.disable_prepacking"] = "1" } },
        })
        {
            using var session = OnnxSession.Open(file, options);
            using var x = OnnxValue.Over(new float[] { 5, 6 }, 1, 2);
            using var y = session.Run([("x", x)]).Single();
            Assert.Equal([23, 34], y.AsSpan<float>().ToArray());
        }

        Assert.True(new FileInfo(optimized).Length > 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => OnnxSession.Open(file, new() { IntraOpThreads = -1 }));
    }

    [OnnxRuntimeFact]
    public void A_setting_that_is_refused_is_told()
    {
        var options = new OnnxSessionOptions { Settings = new Dictionary<string, string> { ["session.intra_op_thread_affinities"] = "x" } };
        Assert.Throws<OnnxRuntimeException>(() => OnnxSession.FromBytes(TinyModels.Product().ToBytes(), options));
    }

    [OnnxRuntimeFact]
    public void Threads_run_one_session_at_the_same_time()
    {
        using var session = OnnxSession.FromBytes(TinyModels.Product().ToBytes());
        Parallel.For(0, 200, i =>
        {
            using var x = OnnxValue.Over(new float[] { i, 1 }, 1, 2);
            using var y = session.Run([("x", x)]).Single();
            Assert.Equal([i + 3, (2 * i) + 4], y.AsSpan<float>().ToArray());
        });
    }

    [OnnxRuntimeFact]
    public void A_cancelled_run_stops_in_the_middle()
    {
        using var session = OnnxSession.FromBytes(LongRunning().ToBytes(), new() { IntraOpThreads = 1 });
        using var x = OnnxValue.Over(new float[256 * 256], 256, 256);
        using var source = new CancellationTokenSource(50);

        Assert.Throws<OperationCanceledException>(() => session.Run([("x", x)], cancellation: source.Token));
        Assert.Throws<OperationCanceledException>(() => session.Run([("x", x)], cancellation: new CancellationToken(canceled: true)));
    }

    /// <summary>Products in a row, 670 billion multiplications and additions: seconds of work for any one thread.</summary>
    static OnnxGraphBuilder LongRunning()
    {
        var graph = new OnnxGraphBuilder("long");
        var x = graph.AddInput("x", OnnxElementType.Float, 256, 256);
        var last = x;
        for (var i = 0; i < 20_000; i++)
        {
            last = graph.Apply("MatMul", [last, x]);
        }

        graph.AddNode("Identity", [last], ["y"]);
        graph.AddOutput("y", OnnxElementType.Float, 256, 256);
        return graph;
    }
}
