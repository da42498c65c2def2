using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Hygiene;

/// <summary>Cases whose style, tags and expected calls contradict each other, or that offer nothing to call.</summary>
static class CaseShapeCheck
{
    public static IEnumerable<SuiteFinding> Check(IReadOnlyList<Suite> suites) => suites.SelectMany(
        suite => suite.Cases.SelectMany(item => Problems(item).Select(problem => Finding.InCase(suite, item, problem))));

    static IEnumerable<string> Problems(SuiteCase item)
    {
        if (item.Tools.Count == 0)
        {
            yield return "0 tools are offered, not 1 or more";
        }

        var missingTool = item.Tags.Contains(CaseTags.MissingTool, StringComparer.Ordinal);
        var refusalStyle = item.Style is CaseStyles.NearMiss or CaseStyles.None;
        if (refusalStyle && !item.IsRefusal)
        {
            yield return $"the style is '{item.Style}', but calls are expected";
        }

        if (item.IsRefusal && !refusalStyle && !missingTool)
        {
            yield return $"no call is expected, but the style is '{item.Style}' and the tag '{CaseTags.MissingTool}' is not there";
        }

        if (missingTool && !item.IsRefusal)
        {
            yield return $"the tag '{CaseTags.MissingTool}' is there, but calls are expected";
        }

        if (item.Tags.Contains(CaseTags.SeenTools, StringComparer.Ordinal) && item.Tags.Contains(CaseTags.UnseenTools, StringComparer.Ordinal))
        {
            yield return $"the tags '{CaseTags.SeenTools}' and '{CaseTags.UnseenTools}' are both there";
        }
    }
}
