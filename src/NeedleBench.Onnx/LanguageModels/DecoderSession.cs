using System.Runtime.InteropServices;
using NeedleBench.Onnx.Runtime;

namespace NeedleBench.Onnx.LanguageModels;

/// <summary>
/// One sequence on its way through a decoder: the prompt in one pass, then token by token. The cache stays with ONNX Runtime:
/// a step's outputs become the next step's inputs as they are, and of the logits only the last position is read. Not thread-safe.
/// </summary>
sealed unsafe class DecoderSession : IDisposable
{
    readonly OnnxSession _session;
    readonly DecoderSignature _signature;
    readonly int _firstPosition;
    readonly OnnxBinding _binding;
    readonly OnnxValue[] _initial;
    readonly long[] _stepId = new long[1];
    readonly long[] _stepPosition = new long[1];
    long[] _ones = [];
    float[] _logits = [];
    int _length;
    bool _isStepping;

    /// <param name="session">Owned from here on.</param>
    /// <param name="signature">What its inputs and outputs are.</param>
    /// <param name="firstPosition">The first token's position.</param>
    public DecoderSession(OnnxSession session, DecoderSignature signature, int firstPosition)
    {
        _session = session;
        _signature = signature;
        _firstPosition = firstPosition;
        _initial = [.. signature.Caches.Select(Zeros)];
        _binding = session.CreateBinding();

        // Run reads the outputs in this order.
        _binding.BindOutput(signature.Logits);
        foreach (var cache in signature.Caches)
        {
            _binding.BindOutput(cache.Present);
        }

        if (signature.LogitsToKeep is { } keep)
        {
            // A scalar, or a list of one where the graph has it so.
            using var one = OnnxValue.Over((long[])[1], keep.Shape.Count == 0 ? [] : [1]);
            _binding.BindInput(keep.Name, one);
        }

        Reset();
    }

    /// <summary>Columns of the logits of the last pass; 0 before the first.</summary>
    public int VocabularySize { get; private set; }

    /// <summary>Forgets the sequence, and lets go of its cache.</summary>
    public void Reset()
    {
        _length = 0;
        for (var i = 0; i < _initial.Length; i++)
        {
            _binding.BindInput(_signature.Caches[i].Past, _initial[i]);
        }
    }

    /// <summary>Reads a whole prompt in one pass, in place of whatever was read before.</summary>
    /// <param name="ids">The prompt, at least one token.</param>
    /// <param name="cancellationToken">Stops between two operators of the graph.</param>
    /// <returns>The token of the highest logit behind it.</returns>
    /// <exception cref="OnnxRuntimeException">The graph failed, such as at an id that it has no embedding of.</exception>
    /// <exception cref="InvalidOperationException">The logits are not numbers.</exception>
    /// <exception cref="OperationCanceledException">The pass was cancelled.</exception>
    public int Prefill(ReadOnlySpan<int> ids, CancellationToken cancellationToken)
    {
        Reset();
        var prompt = new long[ids.Length];
        var positions = new long[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            prompt[i] = ids[i];
            positions[i] = _firstPosition + i;
        }

        Bind(DecoderSignature.InputIds, prompt);
        Bind(_signature.PositionIds, positions);
        BindUsesCache(false);
        return Run(ids.Length, cancellationToken);
    }

    /// <summary>Reads one more token.</summary>
    /// <inheritdoc cref="Prefill"/>
    public int Step(int id, CancellationToken cancellationToken)
    {
        if (!_isStepping)
        {
            Bind(DecoderSignature.InputIds, _stepId);
            Bind(_signature.PositionIds, _stepPosition);
            BindUsesCache(true);
        }

        _stepId[0] = id;
        _stepPosition[0] = _firstPosition + _length;
        return Run(1, cancellationToken);
    }

    public void Dispose()
    {
        _binding.Dispose();
        foreach (var value in _initial)
        {
            value.Dispose();
        }

        _session.Dispose();
    }

    int Run(int added, CancellationToken cancellationToken)
    {
        var length = _length + added;
        BindMask(length);
        _session.Run(_binding, cancellationToken);
        var outputs = _binding.GetOutputs();
        try
        {
            for (var i = 0; i < _initial.Length; i++)
            {
                _binding.BindInput(_signature.Caches[i].Past, outputs[i + 1]);
            }

            _length = length;
            return Greedy(outputs[0]);
        }
        finally
        {
            // The binding holds what it needs.
            foreach (var output in outputs)
            {
                output.Dispose();
            }
        }
    }

    int Greedy(OnnxValue logits)
    {
        var shape = logits.Shape;
        VocabularySize = shape.IsEmpty ? 0 : checked((int)shape[^1]);

        // All positions of a long prompt may be more than a span can show, so the last is found by its address.
        var first = logits.Count - VocabularySize;
        if (logits.ElementType == OnnxElementType.Float)
        {
            return HighestLogit.Of(new ReadOnlySpan<float>((float*)logits.Address + first, VocabularySize));
        }

        if (_logits.Length != VocabularySize)
        {
            _logits = new float[VocabularySize];
        }

        return HighestLogit.Of(new ReadOnlySpan<Half>((Half*)logits.Address + first, VocabularySize), _logits);
    }

    void Bind(string? input, long[] values)
    {
        if (input is not null)
        {
            using var value = OnnxValue.Over(values, 1, values.Length);
            _binding.BindInput(input, value);
        }
    }

    void BindMask(int length)
    {
        if (_signature.AttentionMask is not { } mask)
        {
            return;
        }

        if (_ones.Length < length)
        {
            _ones = new long[length + 512];
            Array.Fill(_ones, 1);
        }

        using var value = OnnxValue.Over(_ones, 1, length);
        _binding.BindInput(mask, value);
    }

    void BindUsesCache(bool uses)
    {
        _isStepping = uses;
        if (_signature.UseCacheBranch is { } input)
        {
            using var value = OnnxValue.Over((bool[])[uses], 1);
            _binding.BindInput(input, value);
        }
    }

    static OnnxValue Zeros(CacheSlot cache)
    {
        var value = OnnxValue.Allocate(cache.Type, cache.Shape);
        if (value.Count > 0)
        {
            NativeMemory.Clear(value.Address, checked((nuint)(value.Count * OnnxElements.SizeOf(cache.Type))));
        }

        return value;
    }
}
