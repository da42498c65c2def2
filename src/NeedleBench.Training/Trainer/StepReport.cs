namespace NeedleBench.Training.Trainer;

/// <summary>One step of training: a line of the log.</summary>
/// <param name="Step">0-based.</param>
/// <param name="Loss">Weighted mean over the batch, nats a token.</param>
/// <param name="Accuracy">Share of targets that had the highest logit.</param>
/// <param name="Contrastive">Mean loss of the retrieval head's pairs, nats, without its weight; 0 without a head.</param>
/// <param name="GradientNorm">Before clipping.</param>
/// <param name="Rate">The schedule's factor.</param>
/// <param name="Tokens">Of the batch, both sides.</param>
/// <param name="Seconds">That the step took.</param>
public sealed record StepReport(int Step, double Loss, double Accuracy, double Contrastive, double GradientNorm, double Rate, int Tokens, double Seconds);
