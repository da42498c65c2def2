namespace NeedleBench.Harness.Running;

/// <summary>Tells whether a run may go on where an earlier one stopped.</summary>
static class RunComparison
{
    /// <summary>What differs so that answers of both must not stand in one file; empty where nothing does.</summary>
    public static IReadOnlyList<string> Differences(RunDescription old, RunDescription now)
    {
        var differences = new List<string>();
        Compare(differences, "models", Join(old.Models.Select(model => model.Spec)), Join(now.Models.Select(model => model.Spec)));
        foreach (var model in now.Models)
        {
            if (old.Models.FirstOrDefault(other => other.Spec == model.Spec) is { } other)
            {
                Compare(differences, $"the fingerprint of {model.Spec}", other.Fingerprint, model.Fingerprint);
                Compare(differences, $"the precision of {model.Spec}", other.Precision, model.Precision);
            }
        }

        Compare(differences, "suites", Join(old.Suites.Select(suite => suite.Name)), Join(now.Suites.Select(suite => suite.Name)));
        Compare(differences, "cases per suite", Text(old.CasesPerSuite), Text(now.CasesPerSuite));
        foreach (var suite in now.Suites)
        {
            if (old.Suites.FirstOrDefault(other => other.Name == suite.Name) is { } other && other.PromptHash != suite.PromptHash
                && old.CasesPerSuite == now.CasesPerSuite)
            {
                differences.Add($"the queries or tools of suite {suite.Name} have changed");
            }
        }

        Compare(differences, "repeats", Text(old.Repeats), Text(now.Repeats));
        Compare(differences, "warm-ups", Text(old.Warmups), Text(now.Warmups));
        Compare(differences, "output tokens", Text(old.MaxOutputTokens), Text(now.MaxOutputTokens));
        Compare(differences, "the machine", Machine(old), Machine(now));
        return differences;
    }

    static void Compare(List<string> differences, string what, string old, string now)
    {
        if (old != now)
        {
            differences.Add($"{what}: then {(old.Length == 0 ? "none" : old)}, now {(now.Length == 0 ? "none" : now)}");
        }
    }

    static string Join(IEnumerable<string> names) => string.Join(", ", names);

    static string Text(int? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no limit";

    static string Machine(RunDescription run) => $"{run.Machine.Cpu}, {run.Machine.Cores} cores, {run.Machine.Simd}";
}
