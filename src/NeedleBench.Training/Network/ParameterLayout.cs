using NeedleBench.San.Checkpoints;

namespace NeedleBench.Training.Network;

/// <summary>
/// All parameters of a network in one flat vector, so that gradients, optimiser states and sums over threads are vectors of
/// one length. Each tensor begins at a multiple of 16 floats; the gaps stay 0.
/// </summary>
public sealed class ParameterLayout
{
    readonly Dictionary<string, Parameter> _byName;

    public ParameterLayout(SanConfig config, bool retrieval)
    {
        ArgumentNullException.ThrowIfNull(config);
        Config = config;
        HasRetrieval = retrieval;
        var parameters = new List<Parameter>();
        long offset = 0;
        foreach (var (name, shape) in SanTensors.Layout(config, retrieval))
        {
            var parameter = new Parameter(name, shape, KindOf(name, shape), offset);
            parameters.Add(parameter);
            offset += (parameter.Count + 15) & ~15L;
        }

        Parameters = parameters;
        Length = offset;
        _byName = parameters.ToDictionary(p => p.Name, StringComparer.Ordinal);
    }

    public SanConfig Config { get; }

    public bool HasRetrieval { get; }

    /// <summary>In the checkpoint's order.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Floats in the flat vector, gaps included.</summary>
    public long Length { get; }

    public Parameter this[string name] => _byName[name];

    /// <summary>Copies a checkpoint's weights into a flat vector.</summary>
    public void Read(SanWeights weights, Span<float> vector)
    {
        foreach (var (name, _, values) in SanTensors.Of(weights).Where(t => _byName.ContainsKey(t.Name)))
        {
            values.CopyTo(vector[(int)_byName[name].Offset..]);
        }
    }

    /// <summary>A checkpoint's weights out of a flat vector.</summary>
    public SanWeights ToWeights(ReadOnlySpan<float> vector)
    {
        var values = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (var parameter in Parameters)
        {
            values[parameter.Name] = vector.Slice((int)parameter.Offset, parameter.Count).ToArray();
        }

        return SanTensors.Assemble(Config, values, []);
    }

    static ParameterKind KindOf(string name, int[] shape) =>
        name == SanTensorNames.Embedding ? ParameterKind.Embedding
        : name is SanTensorNames.RetrievalHidden or SanTensorNames.RetrievalHiddenBias or SanTensorNames.RetrievalProjection ? ParameterKind.Retrieval
        : shape is [1] ? ParameterKind.Gate
        : shape is [_] ? ParameterKind.Norm
        : ParameterKind.Projection;
}
