using System.Diagnostics;
using NeedleBench.Onnx.Dialects;
using NeedleBench.Tokenizers;

namespace NeedleBench.Onnx.LanguageModels;

/// <summary>A decoder-only language model under test: prompt, prefill, greedy decoding, the dialect's parser.</summary>
/// <param name="decoder">Owned from here on.</param>
/// <param name="tokenizer">The model's own.</param>
/// <param name="settings">How it is asked.</param>
/// <param name="info">What it is.</param>
sealed class DecoderModel(DecoderSession decoder, HuggingFaceTokenizer tokenizer, GenerationSettings settings, ModelInfo info) : IToolCallingModel
{
    (int? MaxTokens, string Text) _fingerprint = (null, settings.Fingerprint());

    public ModelInfo Info { get; } = info;

    /// <summary>
    /// Answers one request. The answer ends at a stop token or stop text, at the token limit, or where the context is full. A
    /// prompt that leaves no room in the context is answered by <see cref="ParseFailureKind.PromptTooLong"/>.
    /// </summary>
    public ValueTask<ToolCallResponse> CallAsync(ToolCallRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var limit = request.MaxOutputTokens ?? settings.MaxTokens;
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(request));
        cancellationToken.ThrowIfCancellationRequested();
        if (_fingerprint.MaxTokens != request.MaxOutputTokens)
        {
            _fingerprint = (request.MaxOutputTokens, settings.Fingerprint(request.MaxOutputTokens));
        }

        var started = Stopwatch.GetTimestamp();
        var prompt = settings.Dialect.Render(request);
        var ids = tokenizer.Encode(prompt.Text, prompt.AddStartToken);
        var room = settings.Config.ContextLength is { } context ? context - ids.Length : int.MaxValue;
        return ValueTask.FromResult(room > 0
            ? Answer(prompt, ids, Math.Min(limit, room), started, cancellationToken)
            : TooLong(ids.Length, settings.Config.ContextLength, Stopwatch.GetElapsedTime(started).TotalSeconds));
    }

    public void Dispose() => decoder.Dispose();

    ToolCallResponse Answer(DialectPrompt prompt, int[] ids, int limit, long started, CancellationToken cancellationToken)
    {
        var (stopIds, stopTexts) = settings.Stops(prompt.Stops, tokenizer);
        var text = new AnswerText(tokenizer.StartDecoding(skipSpecialTokens: false), stopTexts);
        var generated = new List<int>();
        bool isEnded;
        long prefilled;
        try
        {
            var next = decoder.Prefill(ids, cancellationToken);
            prefilled = Stopwatch.GetTimestamp();
            while (true)
            {
                generated.Add(next);
                isEnded = stopIds.Contains(next) || text.Add(next);
                if (isEnded || generated.Count >= limit)
                {
                    break;
                }

                cancellationToken.ThrowIfCancellationRequested();
                next = decoder.Step(next, cancellationToken);
            }
        }
        finally
        {
            decoder.Reset();
        }

        var raw = text.Finish();
        var decoded = Stopwatch.GetTimestamp();
        var answer = settings.Dialect.Parse(raw);
        var failure = answer.Failure is null || isEnded
            ? answer.Failure
            : new ParseFailure(ParseFailureKind.Truncated, $"no end after {generated.Count} tokens: {answer.Failure.Detail}");

        // The first token is chosen within the prompt's pass, from logits that are there already: both times are one.
        var prefill = Stopwatch.GetElapsedTime(started, prefilled).TotalSeconds;
        return new ToolCallResponse
        {
            RawText = raw,
            Calls = failure is null ? answer.Calls : [],
            Failure = failure,
            OutputIds = generated,
            DialectFingerprint = _fingerprint.Text,
            Timing = new GenerationTiming(
                ids.Length, generated.Count, prefill, Stopwatch.GetElapsedTime(prefilled, decoded).TotalSeconds, prefill),
        };
    }

    ToolCallResponse TooLong(int length, int? context, double seconds) => new()
    {
        RawText = "",
        Failure = new ParseFailure(ParseFailureKind.PromptTooLong, $"the prompt has {length} tokens, and the model's context {context}"),
        OutputIds = [],
        DialectFingerprint = _fingerprint.Text,
        Timing = new GenerationTiming(length, 0, seconds, 0, 0),
    };
}
