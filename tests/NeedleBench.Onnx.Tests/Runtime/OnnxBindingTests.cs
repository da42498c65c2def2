using NeedleBench.Onnx.Runtime;

namespace NeedleBench.Onnx.Tests.Runtime;

public sealed class OnnxBindingTests
{
    [OnnxRuntimeFact]
    public void A_cache_grows_from_run_to_run_and_earlier_states_stay_as_they_were()
    {
        using var session = OnnxSession.FromBytes(TinyModels.Cache().ToBytes());
        using var binding = session.CreateBinding();
        var step = new float[1];
        using var added = OnnxValue.Over(step, 1, 1);
        binding.BindInput("new", added);
        var states = new List<OnnxValue> { OnnxValue.Over(Array.Empty<float>(), 1, 0) };

        for (var i = 1; i <= 4; i++)
        {
            step[0] = i;
            binding.BindInput("past", states[^1]);
            binding.BindOutput("present");
            session.Run(binding);
            states.Add(binding.GetOutputs().Single());
        }

        Assert.Equal(["present"], binding.OutputNames);
        Assert.Equal([1L, 4L], states[^1].Shape.ToArray());
        for (var i = 0; i < states.Count; i++)
        {
            Assert.Equal(Enumerable.Range(1, i).Select(n => (float)n), states[i].AsSpan<float>().ToArray());
            states[i].Dispose();
        }
    }

    [OnnxRuntimeFact]
    public void Outputs_in_memory_of_the_runtime_are_new_after_each_run()
    {
        using var session = OnnxSession.FromBytes(TinyModels.Cache().ToBytes());
        using var binding = session.CreateBinding();
        binding.BindOutput("present");
        using var past = OnnxValue.Over(new float[] { 1, 2 }, 1, 2);
        using var three = OnnxValue.Over(new float[] { 3 }, 1, 1);
        using var more = OnnxValue.Over(new float[] { 4, 5 }, 1, 2);
        using var six = OnnxValue.Over(new float[] { 6 }, 1, 1);
        binding.BindInput("past", past);

        binding.BindInput("new", three);
        session.Run(binding);
        using var first = binding.GetOutputs().Single();
        binding.BindInput("new", six);
        session.Run(binding);
        using var second = binding.GetOutputs().Single();
        binding.BindInput("new", more);
        session.Run(binding);
        using var third = binding.GetOutputs().Single();

        Assert.Equal([1, 2, 3], first.AsSpan<float>().ToArray());
        Assert.Equal([1, 2, 6], second.AsSpan<float>().ToArray());
        Assert.Equal([1, 2, 4, 5], third.AsSpan<float>().ToArray());
    }

    [OnnxRuntimeFact]
    public void An_output_is_written_into_the_memory_it_is_bound_to()
    {
        using var session = OnnxSession.FromBytes(TinyModels.Product().ToBytes());
        using var binding = session.CreateBinding();
        var memory = new float[4];
        using var x = OnnxValue.Over(new float[] { 1, 0, 0, 1 }, 2, 2);
        using var y = OnnxValue.Over(memory, 2, 2);
        binding.BindInput("x", x);
        binding.BindOutput("y", y);
        session.Run(binding);
        Assert.Equal([1, 2, 3, 4], memory);

        binding.ClearOutputs();
        Assert.Empty(binding.OutputNames);
        using var allocated = OnnxValue.Allocate(OnnxElementType.Float, 2, 2);
        binding.BindOutput("y", allocated);
        memory.AsSpan().Clear();
        session.Run(binding);
        Assert.Equal([1, 2, 3, 4], allocated.AsSpan<float>().ToArray());
        Assert.Equal([0, 0, 0, 0], memory);
    }

    [OnnxRuntimeFact]
    public void A_binding_survives_its_session_and_is_refused_then()
    {
        var session = OnnxSession.FromBytes(TinyModels.Product().ToBytes());
        using var binding = session.CreateBinding();
        using var x = OnnxValue.Over(new float[] { 5, 6 }, 1, 2);
        binding.BindInput("x", x);
        binding.BindOutput("y");
        session.Run(binding);
        session.Dispose();

        using var y = binding.GetOutputs().Single();
        Assert.Equal([23, 34], y.AsSpan<float>().ToArray());
        Assert.Throws<ObjectDisposedException>(() => session.Run(binding));
    }

    [OnnxRuntimeFact]
    public void A_bound_value_that_is_disposed_of_is_still_read()
    {
        using var session = OnnxSession.FromBytes(TinyModels.Product().ToBytes());
        using var binding = session.CreateBinding();
        binding.BindOutput("y");
        var x = OnnxValue.Over(new float[] { 5, 6 }, 1, 2);
        binding.BindInput("x", x);
        x.Dispose();
        Assert.Throws<ObjectDisposedException>(() => x.Count);
        session.Run(binding);
        using var y = binding.GetOutputs().Single();
        Assert.Equal([23, 34], y.AsSpan<float>().ToArray());

        binding.ClearInputs();
        Assert.Throws<ObjectDisposedException>(() => binding.BindInput("x", x));
        Assert.Throws<ArgumentException>(() => session.Run(binding));
    }

    [OnnxRuntimeFact]
    public void Names_the_model_does_not_have_and_other_sessions_bindings_are_refused()
    {
        using var session = OnnxSession.FromBytes(TinyModels.Product().ToBytes());
        using var other = OnnxSession.FromBytes(TinyModels.Product().ToBytes());
        using var binding = other.CreateBinding();
        using var x = OnnxValue.Over(new float[2], 1, 2);

        Assert.Throws<ArgumentException>(() => binding.BindInput("z", x));
        Assert.Throws<ArgumentException>(() => binding.BindOutput("z"));
        Assert.Throws<ArgumentException>(() => session.Run(binding));
        binding.Dispose();
        binding.Dispose();
        Assert.Throws<ObjectDisposedException>(() => binding.BindOutput("y"));
        Assert.Throws<ObjectDisposedException>(() => other.Run(binding));
    }
}
