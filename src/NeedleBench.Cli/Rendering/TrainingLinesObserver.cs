using System.Globalization;
using NeedleBench.Training.Recipes;
using NeedleBench.Training.Trainer;

namespace NeedleBench.Cli.Rendering;

/// <summary>A line every few seconds of training, and one for each evaluation.</summary>
sealed class TrainingLinesObserver(TextWriter output, TimeProvider time) : ITrainingObserver
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    long _lastLine;
    int _steps;
    long _tokens;
    double _seconds;
    double _loss;
    double _contrastive;

    public void Stepped(StepReport report, int steps)
    {
        _steps++;
        _tokens += report.Tokens;
        _seconds += report.Seconds;
        _loss += report.Loss;
        _contrastive += report.Contrastive;
        if (_lastLine != 0 && time.GetElapsedTime(_lastLine) < Interval && report.Step + 1 < steps)
        {
            return;
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"step {report.Step + 1}/{steps}  loss {_loss / _steps:F3}{(_contrastive > 0 ? $"  contrastive {_contrastive / _steps:F3}" : "")}  {_tokens / _seconds:F0} tokens/s  {(steps - report.Step - 1) * _seconds / _steps:F0} s left"));
        (_lastLine, _steps, _tokens, _seconds, _loss, _contrastive) = (time.GetTimestamp(), 0, 0, 0, 0, 0);
    }

    public void Evaluated(int steps, HeldOutResult result)
    {
        List<string> parts = [];
        if (result.Examples > 0)
        {
            parts.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Exact} of {result.Examples} evaluation examples exact ({result.ExactMatch * 100:F1} %), {result.Parsed} readable"));
        }

        if (result.Requests > 0)
        {
            parts.Add(string.Create(
                CultureInfo.InvariantCulture, $"the right tool among the first five of a hundred for {result.Retrieved} of {result.Requests} requests"));
        }

        output.WriteLine($"after {steps} steps: {string.Join("; ", parts)}");
    }
}
