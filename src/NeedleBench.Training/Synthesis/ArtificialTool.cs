namespace NeedleBench.Training.Synthesis;

/// <summary>A made-up tool and the words to ask for it with.</summary>
/// <param name="Tool">As it is offered.</param>
/// <param name="Verb">What it does.</param>
/// <param name="Noun">To what, with its adjective.</param>
/// <param name="Concepts">Of each parameter: the words for it, and the kind of its value.</param>
sealed record ArtificialTool(CorpusTool Tool, string Verb, string Noun,
    IReadOnlyList<(string Words, ArtificialKind Kind)> Concepts);
