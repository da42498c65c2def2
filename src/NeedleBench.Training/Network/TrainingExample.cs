namespace NeedleBench.Training.Network;

/// <summary>One example as tokens.</summary>
/// <param name="Encoder">What the encoder reads: query, <c>&lt;tools&gt;</c>, tool list.</param>
/// <param name="DecoderInput">What the decoder is fed: the start token, then the answer.</param>
/// <param name="Targets">What it shall write at each of these positions: the answer, then the end token.</param>
/// <param name="Weights">Of each target in the loss; 0 leaves it out.</param>
public sealed record TrainingExample(int[] Encoder, int[] DecoderInput, int[] Targets, float[] Weights)
{
    /// <summary>An example for the retrieval head alone: the decoder learns nothing from it.</summary>
    public static TrainingExample ForRetrieval(RetrievalPair pair) => new([], [], [], []) { Pair = pair };

    /// <summary>What the retrieval head learns from this example; null where no tool is called.</summary>
    public RetrievalPair? Pair { get; init; }

    /// <summary>Tokens on both sides: what an example costs.</summary>
    public int Tokens => Encoder.Length + DecoderInput.Length + (Targets.Length == 0 && Pair is not null ? Pair.Query.Length + Pair.Tool.Length : 0);
}
