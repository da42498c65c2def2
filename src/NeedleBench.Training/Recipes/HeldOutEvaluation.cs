using System.Text.Json;
using NeedleBench.San;
using NeedleBench.San.Checkpoints;
using NeedleBench.San.Model;
using NeedleBench.Tokenizers;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.Recipes;

/// <summary>Lets a checkpoint answer examples through the runtime that users run, and compares.</summary>
static class HeldOutEvaluation
{
    /// <param name="weights">The checkpoint.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="synthesiser">Makes the examples.</param>
    /// <param name="examples">How many are decoded.</param>
    /// <param name="requests">How many the retrieval head is asked, where there is one.</param>
    /// <param name="threads">Of the runtime.</param>
    /// <param name="cancellationToken">Looked at between examples.</param>
    public static async Task<HeldOutResult> RunAsync(
        SanWeights weights, SentencePieceTokenizer tokenizer, ExampleSynthesiser synthesiser, int examples, int requests, int threads,
        CancellationToken cancellationToken)
    {
        using var model = new SanToolCallingModel(
            new SanModel(weights, new SanModelOptions { Threads = threads }), tokenizer, "held-out", "san:held-out", "", new SanOptions());
        var (count, exact, parsed) = (0, 0, 0);
        foreach (var example in synthesiser.Stream().Take(examples))
        {
            var answer = await model.CallAsync(new ToolCallRequest(example.Query, example.Tools) { MaxOutputTokens = 200 }, cancellationToken);
            count++;
            parsed += answer.Failure is null ? 1 : 0;
            exact += answer.Failure is null && AreSame(answer.Calls, example.Calls) ? 1 : 0;
        }

        requests = weights.Retrieval is null ? 0 : requests;
        return new HeldOutResult(count, exact, parsed, requests, HeldOutRetrieval.Count(model, synthesiser, requests, cancellationToken));
    }

    /// <summary>Whether calls are the same, one after the other; the order of arguments means nothing.</summary>
    public static bool AreSame(IReadOnlyList<ToolCall> a, IReadOnlyList<ToolCall> b) =>
        a.Count == b.Count && a.Zip(b).All(pair => pair.First.Name == pair.Second.Name && JsonElement.DeepEquals(pair.First.Arguments, pair.Second.Arguments));
}
