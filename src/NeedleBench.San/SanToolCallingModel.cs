using System.Diagnostics;
using System.Runtime.InteropServices;
using NeedleBench.San.Decoding;
using NeedleBench.San.Model;
using NeedleBench.San.Prompting;
using NeedleBench.Tokenizers;

namespace NeedleBench.San;

/// <summary>A Simple Attention Network under test: prompt, prefill, greedy decoding, names back as the caller wrote them.</summary>
public sealed class SanToolCallingModel : IToolCallingModel, IToolRanker
{
    readonly SentencePieceTokenizer _tokenizer;
    readonly SanModel _model;
    readonly SanSession _session;
    readonly SanPrompt _prompt;
    readonly TokenTexts _texts;
    readonly GreedyDecoder _decoder;
    readonly ToolRetrieval? _retrieval;
    readonly SanOptions _options;

    /// <param name="model">Owned from here on.</param>
    /// <param name="tokenizer">The checkpoint's own.</param>
    /// <param name="spec">What the model was opened by, for <see cref="Info"/>.</param>
    /// <param name="weightsHash">Hexadecimal hash of the checkpoint's files.</param>
    /// <exception cref="InputException">Model and tokenizer do not belong together, or retrieval was asked of a model without a head.</exception>
    public SanToolCallingModel(SanModel model, SentencePieceTokenizer tokenizer, string name, string spec, string weightsHash, SanOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (tokenizer.VocabularySize > model.Config.VocabularySize)
        {
            throw new InputException(
                $"the tokenizer has {tokenizer.VocabularySize} pieces, the model's vocabulary {model.Config.VocabularySize}",
                "Use the tokenizer that the checkpoint was trained with.");
        }

        if (options.RetrieveTop > 0 && !model.HasRetrievalHead)
        {
            throw new InputException($"'{name}' has no retrieval head", "Leave 'retrieve' out.");
        }

        _model = model;
        _tokenizer = tokenizer;
        _options = options;
        _session = new SanSession(model);
        _prompt = new SanPrompt(tokenizer);
        _texts = new TokenTexts(tokenizer);
        _decoder = new GreedyDecoder(_session, model);
        _retrieval = model.HasRetrievalHead ? new ToolRetrieval(_session, tokenizer, model.EmbeddingSize) : null;
        Info = new ModelInfo(name, spec, model.Precision, SanFingerprint.Compute(weightsHash, model.Precision, options))
        {
            Parameters = model.Parameters,
            WeightBytes = model.WeightBytes,
        };
    }

    public ModelInfo Info { get; }

    /// <summary>
    /// Answers one request. A query beyond 1022 tokens and a prompt beyond 1024 are cut as the published decoder cuts them;
    /// an answer ends after 511 tokens at the latest.
    /// </summary>
    public ValueTask<ToolCallResponse> CallAsync(ToolCallRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var started = Stopwatch.GetTimestamp();
        var tools = _options.RetrieveTop > 0 && _retrieval is not null && request.Tools.Count > _options.RetrieveTop
            ? _retrieval.Nearest(request.Query, request.Tools, _options.RetrieveTop)
            : request.Tools;
        var names = new ToolNames(tools);
        var prompt = _prompt.Build(request.Query, ToolListText.Render(tools, names));
        var constraint = Constraint(request.Constrained, tools, names);
        _session.Prefill(CollectionsMarshal.AsSpan(prompt));
        var prefilled = Stopwatch.GetTimestamp();

        var limit = Math.Min(request.MaxOutputTokens ?? int.MaxValue, SanModel.MaxDecoderTokens - 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(request));
        var ended = _decoder.Decode(constraint, limit, cancellationToken);
        var decoded = Stopwatch.GetTimestamp();

        var text = AnswerText(_decoder.Ids);
        if (ToolCallJson.TryParse(text, out var calls, out var failure))
        {
            calls = [.. calls.Select(c => c with { Name = names.Restore(c.Name) })];
        }
        else if (!ended)
        {
            failure = new ParseFailure(ParseFailureKind.Truncated, $"no end after {_decoder.Ids.Count} tokens");
        }

        return ValueTask.FromResult(new ToolCallResponse
        {
            RawText = text,
            Calls = calls ?? [],
            Failure = failure,
            Confidence = constraint?.NameConfidence,
            OutputIds = [.. _decoder.Ids],
            Timing = new GenerationTiming(
                prompt.Count,
                _decoder.Ids.Count,
                Stopwatch.GetElapsedTime(started, prefilled).TotalSeconds,
                Stopwatch.GetElapsedTime(prefilled, decoded).TotalSeconds,
                Stopwatch.GetElapsedTime(started, _decoder.FirstTokenTimestamp).TotalSeconds),
        });
    }

    /// <inheritdoc/>
    public bool CanRankTools => _retrieval is not null;

    /// <inheritdoc/>
    public IReadOnlyList<int> RankTools(string query, IReadOnlyList<ToolDefinition> tools)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(tools);
        return _retrieval?.Rank(query, tools) ?? throw new InvalidOperationException($"'{Info.Name}' has no retrieval head.");
    }

    public void Dispose()
    {
        _session.Dispose();
        _model.Dispose();
    }

    IAnswerConstraint? Constraint(bool? asked, IReadOnlyList<ToolDefinition> tools, ToolNames names) => (asked, _options.Constraint) switch
    {
        (false, _) or (null, DecodingConstraint.None) => null,
        (_, DecodingConstraint.Schema) => new SchemaConstraint(new SchemaRules(tools, names), _texts, _prompt.ToolCallId, _model.Config.EosId),
        _ => new NameConstraint(new CallConstraints(tools, names), _texts, _model.Config.VocabularySize),
    };

    // The marker before the answer and the end token behind it are not part of the answer.
    string AnswerText(IReadOnlyList<int> ids)
    {
        var first = ids.Count > 0 && ids[0] == _prompt.ToolCallId ? 1 : 0;
        return _tokenizer.Decode([.. ids.Skip(first).Where(id => id != _model.Config.EosId)]);
    }
}
