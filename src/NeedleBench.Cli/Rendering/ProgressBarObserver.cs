using NeedleBench.Harness.Running;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NeedleBench.Cli.Rendering;

/// <summary>A live progress bar with rate and time left.</summary>
sealed class ProgressBarObserver(ProgressContext context) : IRunObserver
{
    ProgressTask? _task;
    int _errors;

    public static Task<RunOutcome> ShowAsync(IAnsiConsole console, Func<IRunObserver, Task<RunOutcome>> run) =>
        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RateColumn(), new RemainingTimeColumn())
            .StartAsync(context => run(new ProgressBarObserver(context)));

    public void Started(RunDescription run, int done, int total)
    {
        _task = context.AddTask(Markup.Escape(run.Name), maxValue: Math.Max(total, 1));
        _task.Value = done;
    }

    public void ModelOpened(ModelInfo model) => Describe(model.Name);

    public void Completed(Prediction prediction, int done, int total)
    {
        if (prediction.Error is not null)
        {
            _errors++;
            Describe(ModelSpec.Parse(prediction.Model).Rest);
        }

        _task!.Value = done;
    }

    void Describe(string model) =>
        _task!.Description = Markup.Escape(_errors > 0 ? $"{model} ({_errors} failed)" : model);

    sealed class RateColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(task.Speed is { } speed ? $"{speed:F1}/s" : "");
    }
}
