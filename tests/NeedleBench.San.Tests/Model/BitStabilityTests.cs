using NeedleBench.San.Model;

namespace NeedleBench.San.Tests.Model;

/// <summary>The same inputs give the same bits for any thread count and any batching: what makes results repeatable.</summary>
public class BitStabilityTests
{
    static readonly int[] Prompt = [.. Enumerable.Range(0, 301).Select(i => 6 + (i * 37 % 4000))];
    static readonly int[] Answer = [1, 4, 318, 299, 265, 2363, 4050, 2362, 4050, 2385, 264, 283, 265, 1330, 939, 2472, 291, 371, 7, 9];

    [Fact]
    public void Logits_do_not_depend_on_the_number_of_threads()
    {
        var one = LogitsOneByOne(threads: 1);

        Assert.Equal(one, LogitsOneByOne(threads: 2));
        Assert.Equal(one, LogitsOneByOne(threads: 5));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(20)]
    public void Logits_do_not_depend_on_how_many_tokens_are_fed_at_once(int batch)
    {
        using var model = NanoModel(threads: 2);
        using var session = new SanSession(model);
        session.Prefill(Prompt);
        var rows = new List<float[]>();
        foreach (var chunk in Answer.Chunk(batch))
        {
            var all = session.AdvanceAll(chunk);
            for (var r = 0; r < chunk.Length; r++)
            {
                rows.Add(all.Slice(r * session.LogitsStride, model.Config.VocabularySize).ToArray());
            }
        }

        Assert.Equal(LogitsOneByOne(threads: 1), rows);
    }

    [Fact]
    public void A_session_answers_the_same_after_other_requests_and_after_rewinding()
    {
        using var model = NanoModel(threads: 2);
        using var session = new SanSession(model);
        session.Prefill(Prompt);
        var first = session.Advance(Answer).ToArray();
        session.Prefill([.. Enumerable.Range(0, SanModel.MaxEncoderTokens).Select(i => i % 4096)]);
        session.Advance(Answer);
        session.Prefill(Prompt);
        session.Advance([7, 7, 7]);
        session.Rewind(0);

        Assert.Equal(first, session.Advance(Answer).ToArray());
        Assert.Equal(Answer.Length, session.DecoderLength);
    }

    [Fact]
    public void Advancing_allocates_nothing()
    {
        using var model = NanoModel(threads: 2);
        using var session = new SanSession(model);
        session.Prefill(Prompt);
        int[] token = [4];
        session.Advance(token);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            session.Advance(token);
        }

        // Two doublings of the key/value caches fall into these steps; each is a handful of small objects, not a step's cost.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
    }

    [Fact]
    public void Tokens_outside_the_vocabulary_and_prompts_beyond_the_limit_are_refused()
    {
        using var model = NanoModel(threads: 1);
        using var session = new SanSession(model);

        Assert.Throws<ArgumentOutOfRangeException>(() => session.Prefill([4096]));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Prefill([-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Prefill([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Prefill(new int[SanModel.MaxEncoderTokens + 1]));
        Assert.Throws<InvalidOperationException>(() => session.Advance([1]).Length);
        session.Prefill([5]);
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Advance(new int[SanModel.MaxDecoderTokens + 1]).Length);
    }

    static List<float[]> LogitsOneByOne(int threads)
    {
        using var model = NanoModel(threads);
        using var session = new SanSession(model);
        session.Prefill(Prompt);
        return [.. Answer.Select(id => session.Advance([id]).ToArray())];
    }

    static SanModel NanoModel(int threads) => new(SanModelSource.Open("san-nano").Weights, new SanModelOptions { Threads = threads });
}
