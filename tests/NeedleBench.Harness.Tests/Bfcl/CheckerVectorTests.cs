using System.Text.Json;
using NeedleBench.Harness.Bfcl;

namespace NeedleBench.Harness.Tests.Bfcl;

/// <summary>Verdict and error type against those that Berkeley's own checker gave (facts/bfcl.md, section 2).</summary>
public class CheckerVectorTests
{
    [SharedFact("bfcl/checker")]
    public void Agrees_on_every_edge_case()
    {
        var vectors = BfclData.Lines("checker/micro_edge_cases.jsonl").ToList();

        Assert.Equal(118, vectors.Count);
        AssertAgreement(vectors, vector => new BfclCase(
            vector.GetProperty("category").GetString()!, vector.GetProperty("functions"), vector.GetProperty("possible_answer")));
    }

    [SharedFact("bfcl/checker")]
    public void Agrees_on_every_mutation_of_the_published_answers()
    {
        var vectors = BfclData.Lines("checker/synthetic_mutations.jsonl").ToList();
        var cases = vectors.Select(v => v.GetProperty("category").GetString()!).Distinct().SelectMany(BfclData.Cases)
            .ToDictionary(pair => pair.Id, pair => pair.Case, StringComparer.Ordinal);

        Assert.Equal(8805, vectors.Count);
        AssertAgreement(vectors, vector => cases[vector.GetProperty("bfcl_id").GetString()!]);
    }

    static void AssertAgreement(IEnumerable<JsonElement> vectors, Func<JsonElement, BfclCase> caseOf)
    {
        var differences = new List<string>();
        foreach (var vector in vectors)
        {
            var calls = vector.GetProperty("calls").EnumerateArray()
                .Select(call => new ToolCall(call.GetProperty("name").GetString()!, call.GetProperty("arguments"))).ToList();
            var verdict = BfclChecker.Check(caseOf(vector), calls);
            var expected = vector.GetProperty("expected_error_type").GetString()?
                .Replace("EXCEPTION:", "crash:", StringComparison.Ordinal);
            if (verdict.Valid != vector.GetProperty("expected_valid").GetBoolean() || verdict.ErrorType != expected)
            {
                differences.Add($"{vector.GetProperty("case")}: {verdict} where {expected ?? "valid"} is expected");
            }
        }

        Assert.Empty(differences);
    }
}
