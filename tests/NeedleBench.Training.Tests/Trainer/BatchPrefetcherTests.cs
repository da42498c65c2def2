using NeedleBench.Training.Network;
using NeedleBench.Training.Trainer;

namespace NeedleBench.Training.Tests.Trainer;

public class BatchPrefetcherTests
{
    [Fact]
    public async Task Each_step_gets_its_own_batch_in_turn_and_out_of_turn()
    {
        var prefetcher = new BatchPrefetcher(Batch, steps: 10);
        foreach (var step in (int[])[3, 4, 5, 0, 1, 9, 9])
        {
            Assert.Equal(step, (await prefetcher.TakeAsync(step))[0].Encoder[0]);
        }
    }

    [Fact]
    public async Task Nothing_is_made_behind_the_last_step()
    {
        var made = 0;
        var prefetcher = new BatchPrefetcher(
            step =>
            {
                Interlocked.Increment(ref made);
                return step < 2 ? Batch(step) : throw new InvalidOperationException("There is no such step.");
            },
            steps: 2);
        await prefetcher.TakeAsync(0);
        await prefetcher.TakeAsync(1);
        Assert.Equal(2, made);
    }

    [Fact]
    public async Task A_failure_is_thrown_by_the_step_it_belongs_to()
    {
        var prefetcher = new BatchPrefetcher(step => step == 1 ? throw new InvalidOperationException("one") : Batch(step), steps: 3);
        await prefetcher.TakeAsync(0);
        await Assert.ThrowsAsync<InvalidOperationException>(() => prefetcher.TakeAsync(1));
    }

    static TrainingExample[] Batch(int step) => [new([step], [1], [1], [1])];
}
