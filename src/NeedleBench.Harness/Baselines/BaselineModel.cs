using System.Diagnostics;
using System.Globalization;

namespace NeedleBench.Harness.Baselines;

/// <summary>A rule as a model under test: timed like the others, with no tokens and no weights.</summary>
sealed class BaselineModel(ModelSpec spec, IBaseline baseline) : IToolCallingModel
{
    public ModelInfo Info { get; } = new(
        spec.Rest, spec.Text, "none", string.Create(CultureInfo.InvariantCulture, $"{spec.Text}/{baseline.Version}"))
    {
        Parameters = 0,
        WeightBytes = 0,
        IsBaseline = true,
    };

    public ValueTask<ToolCallResponse> CallAsync(ToolCallRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var started = Stopwatch.GetTimestamp();
        var calls = baseline.Answer(request);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return ValueTask.FromResult(new ToolCallResponse
        {
            RawText = ToolCallJson.Write(calls),
            Calls = calls,
            Timing = new GenerationTiming(0, 0, seconds, 0, seconds),
        });
    }

    public void Dispose()
    {
    }
}
