namespace NeedleBench.Onnx.San;

/// <summary>How a graph holds matrices and multiplies by them: one form a precision.</summary>
/// <param name="Multiply">y = x · Wᵀ · factor; the factor is folded into the weights.</param>
/// <param name="LookUp">Rows of the embedding W [vocabulary, d] for ids [1, rows]: [1, rows, d].</param>
/// <param name="OutputLayer">Logits [1, rows, vocabulary] of x [1, rows, d] and the embedding, in a graph that has looked it up.</param>
sealed record SanLinearForm(
    SanLinearForm.MultiplyForm Multiply, SanLinearForm.EmbeddingForm LookUp, SanLinearForm.EmbeddingForm OutputLayer)
{
    public const string EmbeddingName = "embedding_weight";

    /// <param name="x">[1, rows, inputs].</param>
    /// <param name="name">The initialiser's.</param>
    /// <param name="rows">Row-major W [outputs, inputs].</param>
    public delegate string MultiplyForm(SanGraph graph, string x, string name, float[] rows, int outputs, int inputs, float factor = 1f);

    public delegate string EmbeddingForm(SanGraph graph, string x, float[] embedding);

    public static SanLinearForm Of(SanOnnxExportOptions options) => options.Precision switch
    {
        SanOnnxPrecision.Fp32 => FloatForm.Create(),
        SanOnnxPrecision.Int8 => GroupForm.Create(8, options.Int8Activations),
        SanOnnxPrecision.Int4 => GroupForm.Create(4, options.Int8Activations),
        _ => DynamicForm.Create(),
    };
}
