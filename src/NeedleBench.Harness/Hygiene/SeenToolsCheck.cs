using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Hygiene;

/// <summary>
/// Cases whose tag <c>tools:seen</c> or <c>tools:unseen</c> does not tell the truth about the training corpus
/// (<see cref="CaseTags"/> says what each tag claims). Cases with neither tag are passed over.
/// </summary>
static class SeenToolsCheck
{
    public static IEnumerable<SuiteFinding> Check(IReadOnlyList<Suite> suites, TrainingTools trained) => suites.SelectMany(
        suite => suite.Cases.SelectMany(item => Problems(item, trained).Select(problem => Finding.InCase(suite, item, problem))));

    static IEnumerable<string> Problems(SuiteCase item, TrainingTools trained)
    {
        var seen = item.Tags.Contains(CaseTags.SeenTools, StringComparer.Ordinal);
        if (!seen && !item.Tags.Contains(CaseTags.UnseenTools, StringComparer.Ordinal))
        {
            return [];
        }

        if (item.IsRefusal)
        {
            var known = item.Tools.Count(trained.Has);
            var tag = seen ? CaseTags.SeenTools : CaseTags.UnseenTools;
            return known * 2 > item.Tools.Count == seen
                ? []
                : [$"the tag is '{tag}', but {known} of {item.Tools.Count} tools on offer stand in the training corpus"];
        }

        var called = item.Tools.Where(tool => item.Expected.Any(call => call.Name == tool.Name));
        return seen
            ? called.Where(tool => !trained.Has(tool)).Select(tool => trained.HasName(tool)
                ? $"the tag is '{CaseTags.SeenTools}', but '{tool.Name}' stands in the training corpus with other parameters"
                : $"the tag is '{CaseTags.SeenTools}', but '{tool.Name}' does not stand in the training corpus")
            : called.Where(trained.HasName)
                .Select(tool => $"the tag is '{CaseTags.UnseenTools}', but '{tool.Name}' stands in the training corpus");
    }
}
