using System.Diagnostics;
using NeedleBench.San.Model;

namespace NeedleBench.San.Decoding;

/// <summary>
/// Greedy decoding: at each step the token of the highest logit, the lowest id among equals; under constraints, among the
/// tokens that continue a declared tool name or argument key.
/// </summary>
sealed class GreedyDecoder
{
    readonly SanSession _session;
    readonly TokenTexts _texts;
    readonly int _startId;
    readonly int _endId;
    readonly int[] _allowed;
    readonly List<int> _ids = new(SanModel.MaxDecoderTokens);
    readonly CallTracker _tracker;
    readonly int[] _next = new int[1];

    public GreedyDecoder(SanSession session, SanModel model, TokenTexts texts)
    {
        _session = session;
        _texts = texts;
        _startId = model.Config.DecoderStartId;
        _endId = model.Config.EosId;
        _allowed = new int[model.Config.VocabularySize];
        _tracker = new CallTracker(new CallConstraints([], new([])));
    }

    /// <summary>The tokens of the last answer, end token included where it came.</summary>
    public IReadOnlyList<int> Ids => _ids;

    /// <summary>
    /// The softmax share of the chosen token among the allowed ones where the first tool name begins: Needle's own
    /// confidence. Null where no name was written under constraints.
    /// </summary>
    public double? NameConfidence { get; private set; }

    /// <summary>When the first token was known, as <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public long FirstTokenTimestamp { get; private set; }

    /// <summary>Decodes an answer to the prompt that the session holds.</summary>
    /// <param name="constraints">Null for unconstrained decoding.</param>
    /// <param name="maxTokens">Stop after this many, end token included.</param>
    /// <returns>Whether the end token came.</returns>
    public bool Decode(CallConstraints? constraints, int maxTokens, CancellationToken cancellationToken)
    {
        _ids.Clear();
        NameConfidence = null;
        if (constraints is not null)
        {
            _tracker.Reset(constraints);
        }

        _next[0] = _startId;
        for (var step = 0; step < maxTokens; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var logits = _session.Advance(_next);
            var id = constraints is null ? ArgMax(logits) : Choose(logits, constraints);
            if (step == 0)
            {
                FirstTokenTimestamp = Stopwatch.GetTimestamp();
            }

            _ids.Add(id);
            if (id == _endId)
            {
                return true;
            }

            if (constraints is not null)
            {
                _tracker.Feed(_texts.Bytes(id));
            }

            _next[0] = id;
        }

        return false;
    }

    int Choose(ReadOnlySpan<float> logits, CallConstraints constraints)
    {
        var node = _tracker.Node;
        var count = node < 0 ? 0 : constraints.Trie.Allowed(node, _texts, _allowed);
        if (count == 0)
        {
            // Not inside a name, or no token continues it: plain greedy, as the published decoder does.
            return ArgMax(logits);
        }

        var best = _allowed[0];
        for (var i = 1; i < count; i++)
        {
            var id = _allowed[i];
            if (logits[id] > logits[best] || (logits[id] == logits[best] && id < best))
            {
                best = id;
            }
        }

        if (_tracker.AtNameStart && NameConfidence is null)
        {
            var sum = 0.0;
            for (var i = 0; i < count; i++)
            {
                sum += Math.Exp(logits[_allowed[i]] - logits[best]);
            }

            NameConfidence = 1 / sum;
        }

        return best;
    }

    static int ArgMax(ReadOnlySpan<float> logits)
    {
        var max = System.Numerics.Tensors.TensorPrimitives.Max(logits);
        return float.IsFinite(max)
            ? logits.IndexOf(max)
            : throw new InvalidOperationException("The model's logits are not finite: the checkpoint is damaged.");
    }
}
