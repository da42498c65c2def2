using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Scoring;

/// <summary>Finds a suite's case, made ready at its first use.</summary>
sealed class CaseIndex
{
    readonly Dictionary<string, Dictionary<string, SuiteCase>> _suites = new(StringComparer.Ordinal);
    readonly Dictionary<SuiteCase, PreparedCase> _prepared = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<ToolDefinition, PreparedTool> _tools = PreparedCase.NewToolCache();

    public CaseIndex(IReadOnlyList<Suite> suites)
    {
        foreach (var suite in suites)
        {
            var cases = new Dictionary<string, SuiteCase>(StringComparer.Ordinal);
            if (!_suites.TryAdd(suite.Name, cases))
            {
                throw new InputException($"two suites are named '{suite.Name}'", "Score with one of them.", suite.Folder);
            }

            foreach (var suiteCase in suite.Cases)
            {
                if (!cases.TryAdd(suiteCase.Id, suiteCase))
                {
                    throw new InputException(
                        $"the case '{suiteCase.Id}' stands twice", "Give each case an id of its own.",
                        Path.Combine(suite.Folder, "cases.jsonl"), suiteCase.Line);
                }
            }
        }
    }

    public PreparedCase Find(string suite, string id)
    {
        if (!_suites.TryGetValue(suite, out var cases))
        {
            throw new InputException(
                $"a prediction is of the suite '{suite}', which is not among those given", "Score with the suites of the run.");
        }

        if (!cases.TryGetValue(id, out var suiteCase))
        {
            throw new InputException(
                $"a prediction is of the case '{id}', which the suite '{suite}' does not have",
                "Score with the suites of the run, or run again.");
        }

        if (!_prepared.TryGetValue(suiteCase, out var prepared))
        {
            _prepared.Add(suiteCase, prepared = PreparedCase.Of(suiteCase, _tools));
        }

        return prepared;
    }
}
