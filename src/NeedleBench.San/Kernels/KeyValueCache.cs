namespace NeedleBench.San.Kernels;

/// <summary>
/// Keys and values of one attention layer, kept in the panel form that products read: keys <c>[heads][length/16][head
/// size][16]</c>, so that a query row times all keys is one stream, and values <c>[heads][head size/16][length][16]</c>,
/// so that weights times values is another.
/// </summary>
sealed unsafe class KeyValueCache(int heads, int headSize, int capacity) : IDisposable
{
    readonly int _capacity = PanelMultiply.Padded(capacity);
    readonly FloatBuffer _keys = new((long)heads * headSize * PanelMultiply.Padded(capacity));
    readonly FloatBuffer _values = new((long)heads * headSize * PanelMultiply.Padded(capacity));

    public int Capacity => _capacity;

    /// <summary>Positions held.</summary>
    public int Length { get; private set; }

    /// <summary>Floats from one panel of 16 keys to the next.</summary>
    public nint KeyStride => (nint)headSize * PanelMultiply.Width;

    /// <summary>Floats from one panel of 16 value columns to the next.</summary>
    public nint ValueStride => (nint)_capacity * PanelMultiply.Width;

    public float* Keys(int head) => _keys.Pointer + ((nint)head * headSize * _capacity);

    public float* Values(int head) => _values.Pointer + ((nint)head * headSize * _capacity);

    /// <summary>Drops all positions from <paramref name="length"/> on.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)Length);
        Length = length;
    }

    /// <summary>Appends positions.</summary>
    /// <param name="keys">[rows, stride], of which heads · head size are used.</param>
    /// <param name="values">Likewise.</param>
    public void Append(float* keys, float* values, int stride, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Length + rows, _capacity);
        for (var r = 0; r < rows; r++, keys += stride, values += stride)
        {
            var position = Length + r;
            for (var head = 0; head < heads; head++)
            {
                var key = Keys(head) + ((position / PanelMultiply.Width) * KeyStride) + (position % PanelMultiply.Width);
                for (var i = 0; i < headSize; i++)
                {
                    key[(nint)i * PanelMultiply.Width] = keys[(head * headSize) + i];
                }

                var value = Values(head) + ((nint)position * PanelMultiply.Width);
                for (var i = 0; i < headSize; i++)
                {
                    value[((i / PanelMultiply.Width) * ValueStride) + (i % PanelMultiply.Width)] = values[(head * headSize) + i];
                }
            }
        }

        Length += rows;
    }

    /// <summary>Copies all positions into a cache of at least this capacity.</summary>
    public void CopyTo(KeyValueCache larger)
    {
        for (var head = 0; head < heads; head++)
        {
            var keys = PanelMultiply.PanelCount(Length) * KeyStride * sizeof(float);
            Buffer.MemoryCopy(Keys(head), larger.Keys(head), keys, keys);
            for (var panel = 0; panel < headSize / PanelMultiply.Width; panel++)
            {
                var values = (long)Length * PanelMultiply.Width * sizeof(float);
                Buffer.MemoryCopy(Values(head) + (panel * ValueStride), larger.Values(head) + (panel * larger.ValueStride), values, values);
            }
        }

        larger.Length = Length;
    }

    public void Dispose()
    {
        _keys.Dispose();
        _values.Dispose();
    }
}
