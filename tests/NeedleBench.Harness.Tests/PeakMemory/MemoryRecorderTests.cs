using NeedleBench.Harness.PeakMemory;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Tests.Running;

namespace NeedleBench.Harness.Tests.PeakMemory;

public sealed class MemoryRecorderTests : IDisposable
{
    readonly RunFixture _fixture = new();
    readonly FakeMeter _meter = new();

    public void Dispose() => _fixture.Dispose();

    string File => Path.Combine(_fixture.RunFolder, "memory.jsonl");

    IReadOnlyList<MemoryMeasurement> Recorded => RunReader.Read(_fixture.RunFolder).Memory;

    Task Record(CancellationToken cancellationToken = default) =>
        new MemoryRecorder(_fixture.Models.Catalog, _meter).RecordAsync(_fixture.Request(), cancellationToken);

    [Fact]
    public async Task Each_model_is_measured_once_with_the_first_cases_and_never_again()
    {
        await _fixture.Run(_fixture.Request());
        Assert.Empty(Recorded);

        await Record();
        await Record();

        Assert.Equal(["fake:x: a1 a2 b1 b2 a1", "fake:y: a1 a2 b1 b2 a1"], _meter.Asked);
        Assert.Equal([new("fake:x", 300, 100), new("fake:y", 300, 100)], Recorded.Select(m => (m.Model, m.PeakResidentBytes, m.EmptyResidentBytes)));
    }

    [Fact]
    public async Task A_line_cut_at_any_byte_is_measured_again_and_the_lines_before_it_are_not()
    {
        await _fixture.Run(_fixture.Request());
        await Record();
        var whole = await System.IO.File.ReadAllBytesAsync(File);
        var lastBegins = Array.IndexOf(whole, (byte)'\n') + 1;
        for (var length = lastBegins; length < whole.Length; length++)
        {
            await System.IO.File.WriteAllBytesAsync(File, whole[..length]);
            Assert.Equal(["fake:x"], Recorded.Select(m => m.Model));
            _meter.Asked.Clear();

            await Record();

            Assert.StartsWith("fake:y", Assert.Single(_meter.Asked), StringComparison.Ordinal);
            Assert.Equal(whole, await System.IO.File.ReadAllBytesAsync(File));
        }
    }

    [Fact]
    public async Task A_model_that_cannot_be_measured_has_no_figure_and_is_tried_again()
    {
        await _fixture.Run(_fixture.Request());
        _meter.Failing = "fake:x";
        await Record();
        Assert.Equal(["fake:y"], Recorded.Select(m => m.Model));

        _meter.Failing = null;
        await Record();

        Assert.Equal(["fake:y", "fake:x"], Recorded.Select(m => m.Model));
    }

    [Fact]
    public async Task Baselines_and_models_that_run_elsewhere_are_left_out()
    {
        var models = new ModelCatalog([new Elsewhere(_fixture.Models), new Harness.Baselines.BaselineProvider(_fixture.Suites), _fixture.Models]);
        var request = _fixture.Request(models: ["away:x", "baseline:none", "fake:x"]);
        await new Runner(models, TimeProvider.System, _fixture.Machine).RunAsync(request);

        await new MemoryRecorder(models, _meter).RecordAsync(request);

        Assert.Equal(["fake:x"], Recorded.Select(m => m.Model));
    }

    [Fact]
    public async Task Cancelled_between_two_models_it_keeps_the_first()
    {
        await _fixture.Run(_fixture.Request());
        using var stop = new CancellationTokenSource();
        _meter.Measured = stop.Cancel;

        await Assert.ThrowsAsync<OperationCanceledException>(() => Record(stop.Token));

        Assert.Equal(["fake:x"], Recorded.Select(m => m.Model));
    }

    [Theory]
    [InlineData("""{"model":"fake:x","fingerprint":"f0","peakResidentBytes":3,"emptyResidentBytes":1,"requests":5}""", "another line measured")]
    [InlineData("""{"model":"fake:z","fingerprint":"f0","peakResidentBytes":3,"emptyResidentBytes":1,"requests":5}""", "does not have")]
    [InlineData("""{"model":"fake:y","fingerprint":"f0","peakResidentBytes":1,"emptyResidentBytes":3,"requests":5}""", "no measurement")]
    [InlineData("""{"model":"fake:y","fingerprint":"f0","peakResidentBytes":3,"requests":5}""", "no measurement")]
    [InlineData("""{"model":"fake:y",""", "no measurement")]
    [InlineData("null", "no measurement")]
    public async Task A_whole_line_that_is_none_of_the_run_s_is_refused_by_its_number(string line, string problem)
    {
        await _fixture.Run(_fixture.Request());
        _meter.Failing = "fake:y";
        await Record();
        await System.IO.File.AppendAllTextAsync(File, line + "\n");

        foreach (var message in new[] { Assert.Throws<InputException>(() => Recorded).Message, (await Assert.ThrowsAsync<InputException>(() => Record())).Message })
        {
            Assert.Contains(problem, message, StringComparison.Ordinal);
            Assert.Contains("memory.jsonl:2:", message, StringComparison.Ordinal);
        }
    }

    sealed class FakeMeter : IMemoryMeter
    {
        public List<string> Asked { get; } = [];

        public string? Failing { get; set; }

        public Action? Measured { get; set; }

        public Task<MemoryMeasurement?> MeasureAsync(ModelInfo model, IReadOnlyList<ToolCallRequest> requests, CancellationToken cancellationToken)
        {
            Asked.Add($"{model.Spec}: {string.Join(' ', requests.Select(r => r.Query))}");
            Measured?.Invoke();
            return Task.FromResult(model.Spec == Failing ? null : new MemoryMeasurement
            {
                Model = model.Spec,
                Fingerprint = model.Fingerprint,
                PeakResidentBytes = 300,
                EmptyResidentBytes = 100,
                Requests = requests.Count,
            });
        }
    }

    sealed class Elsewhere(FakeModels models) : IModelProvider
    {
        public string Scheme => "away";

        public string Summary => "for tests";

        public bool RunsElsewhere => true;

        public ValueTask<IToolCallingModel> OpenAsync(ModelSpec spec, CancellationToken cancellationToken = default) => models.OpenAsync(spec, cancellationToken);
    }
}
