using NeedleBench.Harness.Running;
using NeedleBench.Harness.Suites;
using NeedleBench.Harness.Tests.Suites;

namespace NeedleBench.Harness.Tests.Running;

/// <summary>A results folder, two suites of two cases, fake models and a clock that stands.</summary>
sealed class RunFixture : IDisposable
{
    public static readonly DateTimeOffset Now = new(2025, 3, 4, 5, 6, 7, TimeSpan.Zero);

    readonly TemporaryFolder _folder = new();

    public RunFixture() => Suites = [Suite("a"), Suite("b")];

    public FakeModels Models { get; } = new();

    public IReadOnlyList<Suite> Suites { get; set; }

    public MachineDescription Machine { get; set; } = new("os", "cpu", 2, "none", 1, "runtime");

    public string Results => _folder.File("results");

    public string RunFolder => Path.Combine(Results, "r1");

    public string Predictions => Path.Combine(RunFolder, "predictions.jsonl");

    public static string Cases(string name) =>
        SuiteFiles.Alarm($"{name}/001", $"{name}1") + "\n" + SuiteFiles.Alarm($"{name}/002", $"{name}2") + "\n";

    public Suite Suite(string name, string? cases = null) =>
        SuiteReader.Read(SuiteFiles.Write(_folder.File("suites"), name, cases ?? Cases(name)));

    public RunRequest Request(bool resume = false, RunOptions? options = null, params string[] models) => new()
    {
        Results = Results,
        Name = "r1",
        Models = models.Length > 0 ? models : ["fake:x", "fake:y"],
        Suites = Suites,
        Options = options ?? new RunOptions { Repeats = 2 },
        Resume = resume,
    };

    public Task<RunOutcome> Run(RunRequest request, IRunObserver? observer = null, CancellationToken cancellationToken = default) =>
        new Runner(Models.Catalog, new StandingClock(), Machine).RunAsync(request, observer, cancellationToken);

    public IReadOnlyList<RunItemKey> Keys() => [.. RunReader.Read(RunFolder).Predictions.Select(prediction => prediction.Key)];

    public static IReadOnlyList<RunItemKey> Planned(RunRequest request) =>
        [.. new RunPlan(request.Models, request.Suites, request.Options).Items.Select(item => item.Key)];

    public void Dispose() => _folder.Dispose();

    sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
