namespace NeedleBench.Harness.Verification;

/// <summary>Holds a model against answers that an independent implementation recorded.</summary>
public static class Verifier
{
    /// <summary>Asks the model each request and compares.</summary>
    /// <param name="constrained">Whether the model shall hold its output to the declared tools: as the answers were recorded.</param>
    /// <param name="endId">The model's end token, which no comparison counts.</param>
    /// <param name="progress">Is told after each vector how many are done.</param>
    /// <exception cref="InputException">Only ids were recorded, and the model does not show its own.</exception>
    public static async Task<VerificationResult> VerifyAsync(
        IToolCallingModel model, IReadOnlyList<AnswerVector> vectors, bool constrained, int endId = 1,
        Action<int>? progress = null, CancellationToken cancellationToken = default)
    {
        var differences = new List<VectorDifference>();
        for (var i = 0; i < vectors.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = await model.CallAsync(vectors[i].Request with { Constrained = constrained }, cancellationToken);
            if (Compare(vectors[i], answer, endId) is { } difference)
            {
                differences.Add(difference with { Index = i });
            }

            progress?.Invoke(i + 1);
        }

        return new VerificationResult(vectors.Count, differences);
    }

    static VectorDifference? Compare(AnswerVector vector, ToolCallResponse answer, int endId)
    {
        if (vector.ExpectedIds is { } expected && answer.OutputIds is { } ids)
        {
            IReadOnlyList<int> given = ids is [.., var last] && last == endId ? [.. ids.SkipLast(1)] : ids;
            var compared = vector.IdsAreWhole ? given : [.. given.Take(expected.Count)];
            if (expected.SequenceEqual(compared))
            {
                return null;
            }

            var at = expected.Zip(compared).TakeWhile(pair => pair.First == pair.Second).Count();
            return new VectorDifference(0, vector, answer, at);
        }

        if (vector.ExpectedText is not { } text)
        {
            throw new InputException("the vectors hold token ids alone, and this model does not show its own", "Give vectors with texts.");
        }

        return text == answer.RawText ? null : new VectorDifference(0, vector, answer, null);
    }
}
