using System.Diagnostics;
using NeedleBench.San.Model;

namespace NeedleBench.San.Decoding;

/// <summary>
/// Greedy decoding: at each step the token of the highest logit, the lowest id among equals; under a constraint, among the
/// tokens that it allows.
/// </summary>
sealed class GreedyDecoder
{
    readonly ISanBackend _backend;
    readonly List<int> _ids = new(SanModel.MaxDecoderTokens);
    readonly int[] _next = new int[1];

    public GreedyDecoder(ISanBackend backend) => _backend = backend;

    /// <summary>The tokens of the last answer, end token included where it came.</summary>
    public IReadOnlyList<int> Ids => _ids;

    /// <summary>When the first token was known, as <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public long FirstTokenTimestamp { get; private set; }

    /// <summary>Is shown the logits of each step, [vocabulary], before a token is chosen.</summary>
    public Action<int, ReadOnlySpan<float>>? Observer { get; set; }

    /// <summary>Decodes an answer to the prompt that the backend holds.</summary>
    /// <param name="constraint">Null for unconstrained decoding.</param>
    /// <param name="maxTokens">Stop after this many, end token included.</param>
    /// <returns>Whether the end token came.</returns>
    public bool Decode(IAnswerConstraint? constraint, int maxTokens, CancellationToken cancellationToken)
    {
        _ids.Clear();
        var endId = _backend.EosId;
        _next[0] = _backend.DecoderStartId;
        for (var step = 0; step < maxTokens; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var logits = _backend.Advance(_next);
            Observer?.Invoke(step, logits);
            var id = constraint?.Choose(logits) ?? Logits.ArgMax(logits);
            if (step == 0)
            {
                FirstTokenTimestamp = Stopwatch.GetTimestamp();
            }

            _ids.Add(id);
            if (id == endId)
            {
                return true;
            }

            constraint?.Feed(id);
            _next[0] = id;
        }

        return false;
    }
}
