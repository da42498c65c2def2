using System.Text.Json;

namespace NeedleBench.Harness.Bfcl;

/// <summary>
/// What an imported case was in Berkeley's files, so that its verdict and its export are exactly theirs: the <c>bfcl</c>
/// member of a case's line, <c>{"category":"simple_python","ground_truth":[…],"question":[[…]]}</c>.
/// </summary>
/// <param name="Category">Berkeley's name, e.g. <c>live_simple</c>.</param>
/// <param name="GroundTruth">A JSON array of <c>{"name":{"parameter":[alternatives]}}</c>; empty where no call is right.</param>
/// <param name="Question">The messages, where they are more than the query; undefined otherwise.</param>
public sealed record BfclOriginal(string Category, JsonElement GroundTruth, JsonElement Question)
{
    const string Mend = "Write \"bfcl\":{\"category\":\"…\",\"ground_truth\":[{\"name\":{\"parameter\":[alternatives]}}]}, or import the suite again.";

    static readonly JsonElement NoTruth = JsonElement.Parse("[]");

    /// <summary>Reads the member of a case's line.</summary>
    /// <exception cref="InputException">It is not of that form.</exception>
    internal static BfclOriginal Read(JsonElement json, string file, int line)
    {
        if (json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty("category", out var category) || category.ValueKind != JsonValueKind.String)
        {
            throw new InputException("'bfcl' has no category", Mend, file, line);
        }

        foreach (var member in json.EnumerateObject())
        {
            if (member.Name is not ("category" or "ground_truth" or "question"))
            {
                throw new InputException($"'bfcl' has the unknown key '{member.Name}'", Mend, file, line);
            }
        }

        var truth = json.TryGetProperty("ground_truth", out var given) ? given : NoTruth;
        CheckTruth(truth, Mend, file, line);
        return new BfclOriginal(category.GetString()!, truth, json.TryGetProperty("question", out var question) ? question : default);
    }

    /// <summary>Checks that <paramref name="truth"/> lists calls.</summary>
    /// <exception cref="InputException">It does not.</exception>
    internal static void CheckTruth(JsonElement truth, string mend, string file, int line)
    {
        if (truth.ValueKind != JsonValueKind.Array || truth.EnumerateArray().Any(call =>
            call.ValueKind != JsonValueKind.Object || call.EnumerateObject().Count() != 1
            || call.EnumerateObject().First().Value.ValueKind != JsonValueKind.Object))
        {
            throw new InputException("the ground truth is no list of calls, each a name with its parameters", mend, file, line);
        }
    }
}
