using BenchmarkDotNet.Attributes;
using NeedleBench.San.Model;

namespace NeedleBench.Benchmarks;

/// <summary>Prefill and decode of the full 26M shape with random weights: speed does not depend on what they were trained to.</summary>
[MemoryDiagnoser]
#pragma warning disable CA1001 // BenchmarkDotNet calls Cleanup, and takes no sealed class.
public class SanBenchmarks
#pragma warning restore CA1001
{
    const int DecodeSteps = 64;

    readonly int[] _next = [5];
    SanModel _model = null!;
    SanSession _session = null!;
    int[] _prompt = [];

    [Params(1, 2)]
    public int Threads { get; set; }

    [Params(64, 256, 1024)]
    public int PromptTokens { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _model = new SanModel(RandomWeights.Needle26M(seed: 1), new SanModelOptions { Threads = Threads });
        _session = new SanSession(_model);
        _prompt = [.. Enumerable.Range(0, PromptTokens).Select(i => 6 + (i * 37 % 8000))];
        _session.Prefill(_prompt);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _session.Dispose();
        _model.Dispose();
    }

    [Benchmark(Description = "prefill, one prompt")]
    public void Prefill() => _session.Prefill(_prompt);

    [Benchmark(Description = "decode, one token", OperationsPerInvoke = DecodeSteps)]
    public float Decode()
    {
        _session.Rewind(0);
        var sum = 0f;
        for (var i = 0; i < DecodeSteps; i++)
        {
            sum += _session.Advance(_next)[0];
        }

        return sum;
    }
}
