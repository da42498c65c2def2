using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using NeedleBench.Benchmarks;

// Scoring is measured as a whole, files and memory included, which is no micro-benchmark.
if (args is ["scoring", ..])
{
    return ScoringBenchmark.Run(args.Length > 1 ? args[1] : "suites");
}

// So is a training step.
if (args is ["training", ..])
{
    return TrainingThroughput.Run();
}

// In process: the benchmarks then run from a plain build, without BenchmarkDotNet generating and restoring projects.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
return 0;
