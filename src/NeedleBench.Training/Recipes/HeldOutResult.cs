namespace NeedleBench.Training.Recipes;

/// <summary>How a model answers examples that it was not trained on: held-out phrasings, or trained ones filled anew, as the recipe says.</summary>
/// <param name="Examples">How many.</param>
/// <param name="Exact">Answers equal to the expected calls as JSON, whose objects have no order.</param>
/// <param name="Parsed">Answers that could be read.</param>
public readonly record struct HeldOutResult(int Examples, int Exact, int Parsed)
{
    public double ExactMatch => (double)Exact / Examples;
}
