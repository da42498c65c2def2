using System.Text.Json;
using NeedleBench.San.Checkpoints;
using NeedleBench.San.Model;

namespace NeedleBench.San.Tests.Model;

/// <summary>The forward pass against activations that an independent implementation computed in float64.</summary>
public class SanTinyOracleTests
{
    const double Tolerance = 1e-4;

    [SharedFact("golden/san-tiny")]
    public void Encoder_logits_greedy_tokens_and_retrieval_equal_the_oracle()
    {
        using var model = new SanModel(SanCheckpoint.Load(RepositoryFiles.InShared("golden/san-tiny")), new SanModelOptions());
        using var session = new SanSession(model);
        var expected = JsonElement.Parse(File.ReadAllText(RepositoryFiles.InShared("golden/san-tiny/expected.json")));
        var cases = expected.GetProperty("cases").EnumerateArray().ToList();

        Assert.Equal(5, cases.Count);
        foreach (var item in cases)
        {
            var encoderIds = Ints(item, "encoder_ids");
            var decoderIds = Ints(item, "decoder_ids");
            session.Prefill(encoderIds);
            var encoded = session.EncoderOutput.ToArray();
            AssertClose(Doubles(item, "encoder_output_first_row"), encoded.AsSpan(0, 64));
            AssertClose(Doubles(item, "encoder_output_last_row"), encoded.AsSpan(encoded.Length - 64));
            AssertClose([item.GetProperty("encoder_output_abs_sum").GetDouble()], [(float)encoded.Sum(Math.Abs)]);

            var all = session.AdvanceAll(decoderIds);
            var sums = Enumerable.Range(0, decoderIds.Length).Select(_ => 0f).ToArray();
            for (var step = 0; step < decoderIds.Length; step++)
            {
                foreach (var logit in all.Slice(step * session.LogitsStride, model.Config.VocabularySize))
                {
                    sums[step] += Math.Abs(logit);
                }
            }

            AssertClose(Doubles(item, "logits_abs_sum_per_step"), sums);
            var last = all[((decoderIds.Length - 1) * session.LogitsStride)..].ToArray();
            AssertClose(Doubles(item, "last_logits_first_64"), last.AsSpan(0, 64));
            var top = Enumerable.Range(0, last.Length).OrderByDescending(i => last[i]).Take(5).ToArray();
            Assert.Equal(Ints(item, "last_logits_top5_ids"), top);
            AssertClose(Doubles(item, "last_logits_top5"), top.Select(i => last[i]).ToArray());

            Assert.Equal(Ints(item, "greedy_12"), Greedy(session, model.Config.DecoderStartId, Ints(item, "greedy_12").Length));

            var embedding = new float[model.EmbeddingSize];
            session.Embed(encoderIds, embedding);
            AssertClose(Doubles(item, "retrieval_embedding"), embedding);
        }
    }

    static int[] Greedy(SanSession session, int start, int count)
    {
        session.Rewind(0);
        var ids = new List<int> { start };
        while (ids.Count < count)
        {
            var logits = session.Advance([ids[^1]]);
            ids.Add(logits.IndexOf(logits.ToArray().Max()));
        }

        return [.. ids];
    }

    static void AssertClose(double[] expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual[i] - expected[i], -Tolerance * scale, Tolerance * scale);
        }
    }

    static int[] Ints(JsonElement item, string name) => [.. item.GetProperty(name).EnumerateArray().Select(v => v.GetInt32())];

    static double[] Doubles(JsonElement item, string name) => [.. item.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];
}
