namespace NeedleBench.Harness.Running;

/// <summary>Is told how a run goes, between calls, from the run's own flow. What takes long here delays the run.</summary>
public interface IRunObserver
{
    /// <summary>The plan stands and its folder is written.</summary>
    void Started(RunDescription run, int done, int total);

    /// <summary>A model's items begin.</summary>
    void ModelOpened(ModelInfo model);

    /// <summary>An item is on record.</summary>
    void Completed(Prediction prediction, int done, int total);
}
