using NeedleBench.Training.Trainer;

namespace NeedleBench.Training.Recipes;

/// <summary>Is told how training goes.</summary>
public interface ITrainingObserver
{
    /// <summary>A step is done.</summary>
    void Stepped(StepReport report, int steps);

    /// <summary>Evaluation examples were decoded after so many steps; the checkpoint is written.</summary>
    void Evaluated(int steps, HeldOutResult result);
}
