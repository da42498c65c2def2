namespace NeedleBench.Harness.Running;

/// <summary>Makes one call and turns whatever comes of it into a line.</summary>
static class ItemAsker
{
    /// <summary>
    /// Asks; a model that throws is answered for by a prediction with its error, so that the run goes on.
    /// </summary>
    /// <returns>The prediction, and its line for the log.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    public static async Task<(Prediction Prediction, byte[] Line)> AskAsync(
        IToolCallingModel model, RunItem item, ToolCallRequest request, CancellationToken cancellationToken)
    {
        var unanswered = new Prediction { Model = item.Key.Model, Suite = item.Key.Suite, Case = item.Key.Case, Repeat = item.Key.Repeat };
        try
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var response = await model.CallAsync(request, cancellationToken);
            var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
            if (response is null)
            {
                throw new InvalidOperationException("the model returned nothing");
            }

            var prediction = unanswered with
            {
                Text = response.RawText ?? "",
                Calls = response.Calls,
                Failure = response.Failure,
                Timing = response.Timing,
                Confidence = response.Confidence,
                DialectFingerprint = response.DialectFingerprint,
                AllocatedBytes = allocated,
            };

            // Written here, so that an answer that is no JSON (a time that is not a number, say) is the model's error, too.
            return (prediction, PredictionLine.Write(prediction));
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Whatever a model throws once it was told to stop, it did not fail at this item.
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e)
        {
            var failed = unanswered with { Error = OneLine($"{e.GetType().Name}: {e.Message}") };
            return (failed, PredictionLine.Write(failed));
        }
    }

    static string OneLine(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
