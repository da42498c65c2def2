namespace NeedleBench.San.Model;

/// <summary>The native runtime: one model and one session over it.</summary>
/// <param name="model">Owned from here on.</param>
sealed class NativeSanBackend(SanModel model) : ISanBackend
{
    readonly SanSession _session = new(model);

    public string Precision => model.Precision;

    public long? Parameters => model.Parameters;

    public long? WeightBytes => model.WeightBytes;

    public int VocabularySize => model.Config.VocabularySize;

    public int EosId => model.Config.EosId;

    public int DecoderStartId => model.Config.DecoderStartId;

    public int EmbeddingSize => model.EmbeddingSize;

    public void Prefill(ReadOnlySpan<int> ids) => _session.Prefill(ids);

    public ReadOnlySpan<float> Advance(ReadOnlySpan<int> ids) => _session.Advance(ids);

    public void Embed(ReadOnlySpan<int> ids, Span<float> embedding) => _session.Embed(ids, embedding);

    public void Dispose()
    {
        _session.Dispose();
        model.Dispose();
    }
}
