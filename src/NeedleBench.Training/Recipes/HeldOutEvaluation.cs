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
    public static async Task<HeldOutResult> RunAsync(
        SanWeights weights, SentencePieceTokenizer tokenizer, IEnumerable<SyntheticExample> examples, int threads, CancellationToken cancellationToken)
    {
        using var model = new SanToolCallingModel(
            new SanModel(weights, new SanModelOptions { Threads = threads }), tokenizer, "held-out", "san:held-out", "", new SanOptions());
        var (count, exact, parsed) = (0, 0, 0);
        foreach (var example in examples)
        {
            var answer = await model.CallAsync(new ToolCallRequest(example.Query, example.Tools) { MaxOutputTokens = 200 }, cancellationToken);
            count++;
            parsed += answer.Failure is null ? 1 : 0;
            exact += answer.Failure is null && AreSame(answer.Calls, example.Calls) ? 1 : 0;
        }

        return new HeldOutResult(count, exact, parsed);
    }

    /// <summary>Whether calls are the same, one after the other; the order of arguments means nothing.</summary>
    public static bool AreSame(IReadOnlyList<ToolCall> a, IReadOnlyList<ToolCall> b) =>
        a.Count == b.Count && a.Zip(b).All(pair => pair.First.Name == pair.Second.Name && JsonElement.DeepEquals(pair.First.Arguments, pair.Second.Arguments));
}
