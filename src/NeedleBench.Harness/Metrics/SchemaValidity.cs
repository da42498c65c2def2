using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Metrics;

/// <summary>
/// Share of predicted calls that an application could carry out: of a tool on offer, with arguments that satisfy its JSON
/// schema. Right or wrong does not matter here.
/// </summary>
public static class SchemaValidity
{
    public const string Name = "schema_validity";

    public static Tally Measure(SuiteCase suiteCase, Prediction prediction, CaseMatch match) =>
        new(match.Calls.Count(c => c.SchemaValid), match.Calls.Count);
}
