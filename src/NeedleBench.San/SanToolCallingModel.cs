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
    readonly ISanBackend _backend;
    readonly SanPrompt _prompt;
    readonly TokenTexts _texts;
    readonly GreedyDecoder _decoder;
    readonly ToolRetrieval? _retrieval;
    readonly SanOptions _options;

    /// <summary>A model that the native runtime runs.</summary>
    /// <param name="model">Owned from here on.</param>
    /// <inheritdoc cref="SanToolCallingModel(ISanBackend, SentencePieceTokenizer, string, string, string, SanOptions)"/>
    public SanToolCallingModel(SanModel model, SentencePieceTokenizer tokenizer, string name, string spec, string weightsHash, SanOptions options)
        : this(new NativeSanBackend(model), tokenizer, name, spec, weightsHash, options)
    {
    }

    /// <param name="backend">Owned from here on.</param>
    /// <param name="tokenizer">The checkpoint's own.</param>
    /// <param name="spec">What the model was opened by, for <see cref="Info"/>.</param>
    /// <param name="weightsHash">Hexadecimal hash of the checkpoint's files.</param>
    /// <exception cref="InputException">Model and tokenizer do not belong together, or retrieval was asked of a model without a head.</exception>
    public SanToolCallingModel(ISanBackend backend, SentencePieceTokenizer tokenizer, string name, string spec, string weightsHash, SanOptions options)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (tokenizer.VocabularySize > backend.VocabularySize)
        {
            throw new InputException(
                $"the tokenizer has {tokenizer.VocabularySize} pieces, the model's vocabulary {backend.VocabularySize}",
                "Use the tokenizer that the checkpoint was trained with.");
        }

        if (options.RetrieveTop > 0 && backend.EmbeddingSize == 0)
        {
            throw new InputException($"'{name}' has no retrieval head", "Leave 'retrieve' out.");
        }

        _backend = backend;
        _tokenizer = tokenizer;
        _options = options;
        _prompt = new SanPrompt(tokenizer);
        _texts = new TokenTexts(tokenizer);
        _decoder = new GreedyDecoder(backend);
        _retrieval = backend.EmbeddingSize > 0 ? new ToolRetrieval(backend, tokenizer, options.RetrieveByClauses) : null;
        Info = new ModelInfo(name, spec, backend.Precision, SanFingerprint.Compute(weightsHash, backend.Precision, options))
        {
            Parameters = backend.Parameters,
            WeightBytes = backend.WeightBytes,
        };
    }

    public ModelInfo Info { get; }

    /// <summary>
    /// Is shown the logits of each decoding step, [vocabulary], before the grammar chooses among them: for comparing two
    /// runtimes. Null for none.
    /// </summary>
    public Action<int, ReadOnlySpan<float>>? LogitsObserver
    {
        get => _decoder.Observer;
        set => _decoder.Observer = value;
    }

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
        _backend.Prefill(CollectionsMarshal.AsSpan(prompt));
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

    public void Dispose() => _backend.Dispose();

    IAnswerConstraint? Constraint(bool? asked, IReadOnlyList<ToolDefinition> tools, ToolNames names) => (asked, _options.Constraint) switch
    {
        (false, _) or (null, DecodingConstraint.None) => null,
        (_, DecodingConstraint.Schema) => new SchemaConstraint(new SchemaRules(tools, names), _texts, _prompt.ToolCallId, _backend.EosId),
        _ => new NameConstraint(new CallConstraints(tools, names), _texts, _backend.VocabularySize),
    };

    // The marker before the answer and the end token behind it are not part of the answer.
    string AnswerText(IReadOnlyList<int> ids)
    {
        var first = ids.Count > 0 && ids[0] == _prompt.ToolCallId ? 1 : 0;
        return _tokenizer.Decode([.. ids.Skip(first).Where(id => id != _backend.EosId)]);
    }
}
