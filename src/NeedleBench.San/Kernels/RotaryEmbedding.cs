using System.Runtime.Intrinsics;

namespace NeedleBench.San.Kernels;

/// <summary>
/// Rotary position embedding, half-split: element i of the first half turns with element i of the second half by the
/// angle position · theta^(−2i / head size). Angles are tabulated once.
/// </summary>
sealed unsafe class RotaryEmbedding : IDisposable
{
    readonly FloatBuffer _cosines; // [positions, half]
    readonly FloatBuffer _sines;   // [positions, half]
    readonly int _half;

    public RotaryEmbedding(int positions, int headSize, double theta)
    {
        _half = headSize / 2;
        _cosines = new FloatBuffer((long)positions * _half);
        _sines = new FloatBuffer((long)positions * _half);
        for (var i = 0; i < _half; i++)
        {
            var frequency = Math.Pow(theta, -2.0 * i / headSize);
            for (var position = 0; position < positions; position++)
            {
                var (sine, cosine) = Math.SinCos(position * frequency);
                _cosines.Pointer[((nint)position * _half) + i] = (float)cosine;
                _sines.Pointer[((nint)position * _half) + i] = (float)sine;
            }
        }
    }

    /// <summary>Turns one head in place.</summary>
    /// <param name="head">[head size].</param>
    public void Apply(float* head, int position) => Turn(head, position, 1f);

    /// <summary>Turns one head back in place.</summary>
    /// <param name="head">[head size].</param>
    public void ApplyInverse(float* head, int position) => Turn(head, position, -1f);

    public void Dispose()
    {
        _cosines.Dispose();
        _sines.Dispose();
    }

    void Turn(float* head, int position, float direction)
    {
        var cosines = _cosines.Pointer + ((nint)position * _half);
        var sines = _sines.Pointer + ((nint)position * _half);
        for (var i = 0; i < _half; i += 8)
        {
            var cosine = Vector256.Load(cosines + i);
            var sine = Vector256.Load(sines + i) * direction;
            var first = Vector256.Load(head + i);
            var second = Vector256.Load(head + _half + i);
            ((first * cosine) - (second * sine)).Store(head + i);
            ((second * cosine) + (first * sine)).Store(head + _half + i);
        }
    }
}
