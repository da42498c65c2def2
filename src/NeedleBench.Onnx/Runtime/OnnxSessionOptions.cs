namespace NeedleBench.Onnx.Runtime;

/// <summary>How a session runs. The defaults are ONNX Runtime's own.</summary>
public readonly record struct OnnxSessionOptions()
{
    /// <summary>Threads that share one operator's work, the caller's included; 0 leaves it to ONNX Runtime: one a physical core.</summary>
    public int IntraOpThreads { get; init; }

    /// <summary>Threads that run operators beside each other, where <see cref="ParallelOperators"/>; 0 leaves it to ONNX Runtime.</summary>
    public int InterOpThreads { get; init; }

    /// <summary>Runs operators that do not wait for each other at the same time.</summary>
    public bool ParallelOperators { get; init; }

    public OnnxGraphOptimization Optimization { get; init; } = OnnxGraphOptimization.All;

    /// <summary>Idle threads wait in a loop for a while before they sleep: less delay, more processor time.</summary>
    public bool Spinning { get; init; } = true;

    /// <summary>Plans one block of memory for a run of the same shapes as an earlier one. Of no use where shapes change each run.</summary>
    public bool MemoryPattern { get; init; } = true;

    /// <summary>Keeps freed memory for the next run, instead of giving it back at once.</summary>
    public bool CpuArena { get; init; } = true;

    /// <summary>ONNX Runtime's further session settings by key, such as <c>session.disable_prepacking</c>.</summary>
    public IReadOnlyDictionary<string, string>? Settings { get; init; }

    /// <summary>Where given, the graph as rewritten is saved to this file: to look at, not to keep, for it may suit this machine only.</summary>
    public string? OptimizedModelFile { get; init; }
}
