using NeedleBench.San.Kernels;

namespace NeedleBench.Training.Kernels;

/// <summary>
/// Memory for one example's activations: taken in order, given back all at once. Blocks that it had to add stay, so after
/// the longest example nothing is allocated any more.
/// </summary>
sealed unsafe class Arena : IDisposable
{
    const long BlockFloats = 1 << 22;

    // Results are written in whole panels: room behind each piece spares every caller the thought.
    const long Slack = 2 * PanelMultiply.Width;

    readonly List<FloatBuffer> _blocks = [];
    int _block;
    long _used;

    /// <summary>Takes uninitialised floats, aligned to a cache line.</summary>
    public float* Take(long count)
    {
        var size = (count + Slack + 15) & ~15L;
        while (_block < _blocks.Count && _used + size > _blocks[_block].Length)
        {
            _block++;
            _used = 0;
        }

        if (_block == _blocks.Count)
        {
            _blocks.Add(new FloatBuffer(Math.Max(BlockFloats, size)));
        }

        var pointer = _blocks[_block].Pointer + _used;
        _used += size;
        return pointer;
    }

    /// <summary>Takes floats that are 0.</summary>
    public float* TakeZeroed(long count)
    {
        var pointer = Take(count);
        new Span<float>(pointer, checked((int)count)).Clear();
        return pointer;
    }

    /// <summary>Where the next piece will be taken.</summary>
    public (int Block, long Used) Mark() => (_block, _used);

    /// <summary>Gives back everything taken since a mark.</summary>
    public void Release((int Block, long Used) mark) => (_block, _used) = mark;

    public void Dispose()
    {
        foreach (var block in _blocks)
        {
            block.Dispose();
        }
    }
}
