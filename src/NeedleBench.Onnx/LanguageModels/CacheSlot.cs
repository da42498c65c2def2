namespace NeedleBench.Onnx.LanguageModels;

/// <summary>One tensor that a step hands to the next: an input, and the output that takes its place.</summary>
/// <param name="Past">The input, such as <c>past_key_values.0.key</c>.</param>
/// <param name="Present">The output, such as <c>present.0.key</c>.</param>
/// <param name="Type">The elements of both.</param>
/// <param name="Shape">The shape before the first token: no positions in keys and values, all of a convolution's or recurrence's state.</param>
sealed record CacheSlot(string Past, string Present, OnnxElementType Type, long[] Shape);
