namespace NeedleBench.Harness.Running;

/// <summary>Counts and records what a run gets done, and tells its observer.</summary>
sealed class RunProgress(PredictionLog log, IRunObserver? observer, int resumed, int total)
{
    public int Answered { get; private set; }

    public int Errors { get; private set; }

    public void ModelOpened(ModelInfo model) => observer?.ModelOpened(model);

    /// <summary>Writes first and tells then: what is called done is on record.</summary>
    public void Record(Prediction prediction, ReadOnlySpan<byte> line)
    {
        log.Append(line);
        if (prediction.Error is null)
        {
            Answered++;
        }
        else
        {
            Errors++;
        }

        observer?.Completed(prediction, resumed + Answered + Errors, total);
    }
}
