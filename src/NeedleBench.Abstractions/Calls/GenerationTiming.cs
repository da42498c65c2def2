namespace NeedleBench;

/// <summary>
/// Tokens and wall-clock seconds of one answer. Prefill is all work up to the point where the first token could be chosen
/// (tokenisation, the prompt pass, cross-attention keys and values); decode is everything after it.
/// </summary>
/// <param name="PromptTokens">Tokens the model read.</param>
/// <param name="GeneratedTokens">Tokens it wrote, end token included.</param>
/// <param name="PrefillSeconds">Seconds before decoding.</param>
/// <param name="DecodeSeconds">Seconds from there to the last token.</param>
/// <param name="TimeToFirstTokenSeconds">Seconds from the request to the first generated token.</param>
public readonly record struct GenerationTiming(
    int PromptTokens, int GeneratedTokens, double PrefillSeconds, double DecodeSeconds, double TimeToFirstTokenSeconds)
{
    /// <summary>End-to-end seconds.</summary>
    public double TotalSeconds => PrefillSeconds + DecodeSeconds;
}
