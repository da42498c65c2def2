using NeedleBench.San;
using NeedleBench.San.Checkpoints;
using NeedleBench.San.Model;
using NeedleBench.Tokenizers;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.FineTuning;

/// <summary>Lets a checkpoint answer examples greedily and constrained, through the runtime that users run.</summary>
static class FineTuneEvaluation
{
    /// <summary>The score of each example, in order.</summary>
    public static async Task<List<CallScore>> RunAsync(
        SanWeights weights, SentencePieceTokenizer tokenizer, IReadOnlyList<SyntheticExample> examples, int threads, CancellationToken cancellationToken)
    {
        using var model = new SanToolCallingModel(
            new SanModel(weights, new SanModelOptions { Threads = threads }), tokenizer, "fine-tuned", "san:fine-tuned", "", new SanOptions());
        var scores = new List<CallScore>(examples.Count);
        foreach (var example in examples)
        {
            var answer = await model.CallAsync(new ToolCallRequest(example.Query, example.Tools), cancellationToken);
            scores.Add(CallScore.Of(answer.Failure is null ? answer.Calls : null, example.Calls));
        }

        return scores;
    }
}
