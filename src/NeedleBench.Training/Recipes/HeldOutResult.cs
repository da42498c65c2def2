namespace NeedleBench.Training.Recipes;

/// <summary>How a model answers examples that it was not trained on: held-out phrasings, or trained ones filled anew, as the recipe says.</summary>
/// <param name="Examples">How many were decoded; 0 as long as only the retrieval head is taught.</param>
/// <param name="Exact">Answers equal to the expected calls as JSON, whose objects have no order.</param>
/// <param name="Parsed">Answers that could be read.</param>
/// <param name="Requests">How many the retrieval head was asked; 0 without a head.</param>
/// <param name="Retrieved">Requests whose tool was among its first five of a hundred.</param>
public readonly record struct HeldOutResult(int Examples, int Exact, int Parsed, int Requests = 0, int Retrieved = 0)
{
    public double ExactMatch => Examples == 0 ? 0 : (double)Exact / Examples;

    /// <summary>Share of requests whose tool was among the first five of a hundred.</summary>
    public double RecallAtFive => Requests == 0 ? 0 : (double)Retrieved / Requests;
}
