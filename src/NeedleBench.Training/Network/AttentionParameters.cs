using NeedleBench.San.Checkpoints;

namespace NeedleBench.Training.Network;

/// <summary>Where one attention sublayer's tensors stand, and its projections packed for products.</summary>
sealed class AttentionParameters : IDisposable
{
    readonly Parameter _query;
    readonly Parameter _key;
    readonly Parameter _value;
    readonly Parameter _output;

    public AttentionParameters(ParameterLayout layout, string norm, string gate, string attention)
    {
        (Norm, Gate) = (layout[norm].Offset, layout[gate].Offset);
        (QueryNorm, KeyNorm) = (layout[SanTensorNames.QueryNorm(attention)].Offset, layout[SanTensorNames.KeyNorm(attention)].Offset);
        _query = layout[SanTensorNames.Query(attention)];
        _key = layout[SanTensorNames.Key(attention)];
        _value = layout[SanTensorNames.Value(attention)];
        _output = layout[SanTensorNames.Output(attention)];
        (Query, Key, Value, Output) = (Linear(_query), Linear(_key), Linear(_value), Linear(_output));
    }

    public long Norm { get; }

    public long Gate { get; }

    public long QueryNorm { get; }

    public long KeyNorm { get; }

    public long QueryOffset => _query.Offset;

    public long KeyOffset => _key.Offset;

    public long ValueOffset => _value.Offset;

    public long OutputOffset => _output.Offset;

    public LinearWeights Query { get; }

    public LinearWeights Key { get; }

    public LinearWeights Value { get; }

    public LinearWeights Output { get; }

    public unsafe void Pack(float* vector)
    {
        Query.Pack(vector + _query.Offset);
        Key.Pack(vector + _key.Offset);
        Value.Pack(vector + _value.Offset);
        Output.Pack(vector + _output.Offset);
    }

    public void Dispose()
    {
        Query.Dispose();
        Key.Dispose();
        Value.Dispose();
        Output.Dispose();
    }

    static LinearWeights Linear(Parameter parameter) => new(parameter.Shape[0], parameter.Shape[1]);
}
