using System.Diagnostics.CodeAnalysis;
using System.Text;
using NeedleBench.San;
using NeedleBench.San.Decoding;
using NeedleBench.San.Model;
using NeedleBench.San.Prompting;
using NeedleBench.Tokenizers;
using NeedleBench.Training.Network;

namespace NeedleBench.Training.Synthesis;

/// <summary>
/// Examples as tokens, in the form that the SAN is asked in: the encoder reads query, <c>&lt;tools&gt;</c> and tool list, the
/// decoder writes <c>&lt;tool_call&gt;</c>, compact JSON and the end. One a thread: buffers are reused.
/// </summary>
public sealed class ExampleTokens
{
    readonly SentencePieceTokenizer _tokenizer;
    readonly TokenRoleWeights _weights;
    readonly TokenTexts _texts;
    readonly SanPrompt _prompt;
    readonly AnswerText _answer;
    readonly List<int> _ids = new(128);
    readonly int _eos;

    /// <exception cref="InputException">
    /// The tokenizer has no end token, <c>&lt;tools&gt;</c> or <c>&lt;tool_call&gt;</c>.
    /// </exception>
    public ExampleTokens(SentencePieceTokenizer tokenizer, TokenRoleWeights weights)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        _tokenizer = tokenizer;
        _weights = weights;
        _texts = new TokenTexts(tokenizer);
        _prompt = new SanPrompt(tokenizer);
        _answer = new AnswerText(weights);
        _eos = tokenizer.EosId ?? throw new InputException("the tokenizer has no end token",
            "A SAN's tokenizer has one, with id 1.");
    }

    /// <summary>
    /// Encodes an example; a prompt beyond 1024 tokens is cut, as it is at inference.
    /// </summary>
    /// <exception cref="InputException">
    /// A called tool is not offered, or the answer is longer than the decoder's 512 tokens.
    /// </exception>
    public TrainingExample Encode(SyntheticExample example)
    {
        ArgumentNullException.ThrowIfNull(example);
        var names = new ToolNames(example.Tools);
        return TokeniseAnswer(example, names)
            ? Pack(example, names)
            : throw new InputException(
                $"the answer has {_ids.Count} tokens, more than {SanModel.MaxDecoderTokens - 2}",
                    "Ask for fewer or shorter calls in one example.");
    }

    /// <summary>
    /// Encodes an example that fits: false where its prompt fills all 1024 tokens, so that the called tool may be cut off, or
    /// its answer is longer than the decoder.
    /// </summary>
    /// <exception cref="InputException">A called tool is not offered.</exception>
    public bool TryEncode(SyntheticExample example, [NotNullWhen(true)] out TrainingExample? tokens)
    {
        ArgumentNullException.ThrowIfNull(example);
        var names = new ToolNames(example.Tools);
        tokens = TokeniseAnswer(example, names) ? Pack(example, names) : null;
        tokens = tokens is { Encoder.Length: < SanModel.MaxEncoderTokens } ? tokens : null;
        return tokens is not null;
    }

    /// <summary>Requests and their tool for the retrieval head alone; an empty request is left out.</summary>
    /// <param name="requests">The requests, all for one tool.</param>
    /// <param name="skipsMerge">Of the requests' words: whether the tokenizer leaves out a merge; null for none.</param>
    public IEnumerable<TrainingExample> Encode(ToolRequests requests, Func<bool>? skipsMerge = null)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var tool = Cut(ToolListText.RenderOne(requests.Tool, new ToolNames([requests.Tool]).Seen[0]));
        return requests.Queries.Select(q => Cut(q, skipsMerge)).Where(query => query.Length > 0)
            .Select(query => TrainingExample.ForRetrieval(new RetrievalPair(query, tool) { Identity = requests.Identity }));
    }

    // False where it does not fit the decoder.
    bool TokeniseAnswer(SyntheticExample example, ToolNames names)
    {
        _answer.Write(example.Calls, [.. example.Calls.Select(call => Seen(call, example.Tools, names))]);
        _ids.Clear();
        _tokenizer.Encode(_answer.ToString(), _ids);
        return _ids.Count + 2 <= SanModel.MaxDecoderTokens;
    }

    TrainingExample Pack(SyntheticExample example, ToolNames names) => new(
        [.. _prompt.Build(example.Query, ToolListText.Render(example.Tools, names))],
        [_eos, _prompt.ToolCallId, .. _ids],
        [_prompt.ToolCallId, .. _ids, _eos],
        Weights(Encoding.UTF8.GetBytes(_answer.ToString())))
    {
        Pair = Pair(example, names),
    };

    // What retrieval embeds at inference: the request as it is, and the called tool's own entry.
    RetrievalPair? Pair(SyntheticExample example, ToolNames names)
    {
        for (var i = 0; i < example.Tools.Count && example.Calls.Count > 0; i++)
        {
            if (example.Tools[i].Name == example.Calls[0].Name)
            {
                var pair = new RetrievalPair(Cut(example.Query), Cut(ToolListText.RenderOne(example.Tools[i], names.Seen[i])));
                return pair.Query.Length > 0 ? pair : null;
            }
        }

        return null;
    }

    int[] Cut(string text, Func<bool>? skipsMerge = null)
    {
        var ids = new List<int>(64);
        _tokenizer.Encode(text, ids, skipsMerge);
        return [.. ids.Take(ToolRetrieval.MaxTokens)];
    }

    static string Seen(ToolCall call, IReadOnlyList<ToolDefinition> tools, ToolNames names)
    {
        for (var i = 0; i < tools.Count; i++)
        {
            if (tools[i].Name == call.Name)
            {
                return names.Seen[i];
            }
        }

        throw new InputException($"the tool '{call.Name}' is called but not offered", "Offer it, or let the answer be [].");
    }

    // Walks through the answer's bytes beside its tokens. A tokenizer adds a space in front, may fold spaces, and has nothing
    // to show for an unknown character: then the next token's place is looked for.
    float[] Weights(ReadOnlySpan<byte> text)
    {
        var weights = new float[_ids.Count + 2];
        weights[0] = weights[^1] = _weights.Structure;
        var at = 0;
        for (var i = 0; i < _ids.Count; i++)
        {
            var token = _texts.Bytes(_ids[i]);
            if (i == 0 && token is [(byte)' ', ..])
            {
                token = token[1..];
            }

            var found = text[at..].IndexOf(token);
            at += Math.Max(found, 0);
            var weight = _answer.Weights[Math.Min(at, text.Length - 1)];
            var end = found < 0 ? at : at + token.Length;
            for (var b = at + 1; b < end; b++)
            {
                weight = Math.Max(weight, _answer.Weights[b]);
            }

            weights[i + 1] = weight;
            at = end;
        }

        return weights;
    }
}
