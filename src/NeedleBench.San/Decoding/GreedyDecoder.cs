using System.Diagnostics;
using NeedleBench.San.Model;

namespace NeedleBench.San.Decoding;

/// <summary>
/// Greedy decoding: at each step the token of the highest logit, the lowest id among equals; under a constraint, among the
/// tokens that it allows.
/// </summary>
sealed class GreedyDecoder
{
    readonly SanSession _session;
    readonly int _startId;
    readonly int _endId;
    readonly List<int> _ids = new(SanModel.MaxDecoderTokens);
    readonly int[] _next = new int[1];

    public GreedyDecoder(SanSession session, SanModel model)
    {
        _session = session;
        _startId = model.Config.DecoderStartId;
        _endId = model.Config.EosId;
    }

    /// <summary>The tokens of the last answer, end token included where it came.</summary>
    public IReadOnlyList<int> Ids => _ids;

    /// <summary>When the first token was known, as <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public long FirstTokenTimestamp { get; private set; }

    /// <summary>Decodes an answer to the prompt that the session holds.</summary>
    /// <param name="constraint">Null for unconstrained decoding.</param>
    /// <param name="maxTokens">Stop after this many, end token included.</param>
    /// <returns>Whether the end token came.</returns>
    public bool Decode(IAnswerConstraint? constraint, int maxTokens, CancellationToken cancellationToken)
    {
        _ids.Clear();
        _next[0] = _startId;
        for (var step = 0; step < maxTokens; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var logits = _session.Advance(_next);
            var id = constraint?.Choose(logits) ?? Logits.ArgMax(logits);
            if (step == 0)
            {
                FirstTokenTimestamp = Stopwatch.GetTimestamp();
            }

            _ids.Add(id);
            if (id == _endId)
            {
                return true;
            }

            constraint?.Feed(id);
            _next[0] = id;
        }

        return false;
    }
}
