using System.Numerics.Tensors;

namespace NeedleBench.San;

/// <summary>An answer with the logits that each of its tokens was chosen by: what two runtimes are compared by.</summary>
/// <param name="Response">The answer.</param>
/// <param name="Logits">Of each decoding step, [vocabulary].</param>
public sealed record TracedAnswer(ToolCallResponse Response, IReadOnlyList<float[]> Logits)
{
    /// <summary>Asks a model, and keeps its logits.</summary>
    public static async Task<TracedAnswer> AskAsync(SanToolCallingModel model, ToolCallRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var logits = new List<float[]>();
        model.LogitsObserver = (_, step) => logits.Add(step.ToArray());
        try
        {
            return new TracedAnswer(await model.CallAsync(request, cancellationToken), logits);
        }
        finally
        {
            model.LogitsObserver = null;
        }
    }

    /// <summary>Whether both generated the same tokens.</summary>
    public bool HasTokensOf(TracedAnswer other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Response.OutputIds!.SequenceEqual(other.Response.OutputIds!);
    }

    /// <summary>
    /// The largest difference of a logit over the steps that had the same tokens before them: those up to the first token that
    /// differs, and that one.
    /// </summary>
    /// <exception cref="ArgumentException">The vocabularies differ.</exception>
    public float LargestDifference(TracedAnswer other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var same = Response.OutputIds!.Zip(other.Response.OutputIds!).TakeWhile(pair => pair.First == pair.Second).Count();
        var largest = 0f;
        foreach (var (mine, theirs) in Logits.Zip(other.Logits).Take(same + 1))
        {
            var difference = new float[mine.Length];
            TensorPrimitives.Subtract(mine, theirs, difference);
            largest = Math.Max(largest, Math.Abs(TensorPrimitives.MaxMagnitude<float>(difference)));
        }

        return largest;
    }
}
