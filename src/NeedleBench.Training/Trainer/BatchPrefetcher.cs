using NeedleBench.Training.Network;

namespace NeedleBench.Training.Trainer;

/// <summary>
/// Makes the batch of the next step while this step is computed. A batch is a function of its step alone, so that training
/// comes to the same bits with it as without.
/// </summary>
/// <param name="make">The batch of a step; called on another thread, by one thread at a time.</param>
/// <param name="steps">How many steps there are: behind the last one nothing is made.</param>
public sealed class BatchPrefetcher(Func<int, IReadOnlyList<TrainingExample>> make, int steps)
{
    Task<IReadOnlyList<TrainingExample>>? _next;
    int _step = -1;

    /// <summary>The batch of a step; begins with that of the next. Failures of <c>make</c> are thrown by the step they belong to.</summary>
    public async Task<IReadOnlyList<TrainingExample>> TakeAsync(int step)
    {
        if (_next is { } other && _step != step)
        {
            // Out of turn, as after a resumed state: what was begun is waited for, since make is not to run twice at once.
            await Task.WhenAny(other).ConfigureAwait(false);
            _next = null;
        }

        var batch = await (_next ?? Task.Run(() => make(step))).ConfigureAwait(false);
        var next = step + 1;
        (_step, _next) = (next, next < steps ? Task.Run(() => make(next)) : null);
        return batch;
    }
}
