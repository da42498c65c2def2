using System.Globalization;
using NeedleBench.Training.FineTuning;
using NeedleBench.Training.Trainer;

namespace NeedleBench.Cli.Rendering;

/// <summary>A line every few seconds of fine-tuning, and one for each evaluation.</summary>
sealed class FineTuneLinesObserver(TextWriter output, TimeProvider time) : IFineTuneObserver
{
    readonly TrainingLinesObserver _steps = new(output, time);

    public void Stepped(StepReport report, int steps) => _steps.Stepped(report, steps);

    public void Evaluated(int steps, CallScore validation, double loss, bool best) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"after {steps} steps: validation call F1 {validation.CallF1 * 100:F1} %, {validation.Exact} of {validation.Examples} exact, loss {loss:F4}{(best ? ", the best so far" : "")}"));
}
