using NeedleBench.Training.Trainer;

namespace NeedleBench.Training.FineTuning;

/// <summary>Is told how fine-tuning goes.</summary>
public interface IFineTuneObserver
{
    /// <summary>A step is done.</summary>
    void Stepped(StepReport report, int steps);

    /// <summary>The validation split was decoded after so many steps; where it is the best so far, the checkpoint is written.</summary>
    void Evaluated(int steps, CallScore validation, double loss, bool best);
}
