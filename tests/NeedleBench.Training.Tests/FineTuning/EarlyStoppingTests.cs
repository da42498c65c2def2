using NeedleBench.Training.FineTuning;

namespace NeedleBench.Training.Tests.FineTuning;

public class EarlyStoppingTests
{
    static EarlyStopping Fresh => new() { Patience = 2 };

    [Fact]
    public void The_first_evaluation_is_the_best_so_far_even_at_zero()
    {
        var one = Fresh.Observe(0, f1: 0, loss: 9);

        Assert.Equal((0, 0), (one.BestStep, one.Misses));
    }

    [Fact]
    public void It_stops_after_as_many_misses_in_a_row_as_it_has_patience()
    {
        var state = Fresh.Observe(0, 0.5, 1).Observe(10, 0.4, 1);
        Assert.False(state.ShouldStop);

        state = state.Observe(20, 0.6, 1).Observe(30, 0.6, 1.1);
        Assert.False(state.ShouldStop);

        state = state.Observe(40, 0.3, 0.1);
        Assert.True(state.ShouldStop);
        Assert.Equal((20, 0.6), (state.BestStep, state.BestF1));
    }

    [Fact]
    public void Of_equal_scores_the_lower_loss_is_better_and_a_higher_score_beats_any_loss()
    {
        var state = Fresh.Observe(0, 0, 3).Observe(10, 0, 2);
        Assert.Equal(10, state.BestStep);

        state = state.Observe(20, 0.1, 5);
        Assert.Equal((20, 5.0), (state.BestStep, state.BestLoss));
    }
}
