using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Running;

/// <summary>
/// Models × repeats × cases, in the order in which they are asked: model by model, so that each is opened once, and within
/// a model every case before any case again, so that a slow spell of the machine does not fall on one case's repeats.
/// </summary>
public sealed class RunPlan
{
    /// <param name="models">The models' specs, in order.</param>
    /// <param name="suites">In order.</param>
    /// <param name="options">How much of them.</param>
    /// <exception cref="InputException">There is nothing to ask, something stands twice, or an option is out of range.</exception>
    public RunPlan(IReadOnlyList<string> models, IReadOnlyList<Suite> suites, RunOptions options)
    {
        options.Check();
        RefuseEmptyOrTwice(models, "model");
        RefuseEmptyOrTwice([.. suites.Select(suite => suite.Name)], "suite");
        Models = [.. models];
        Suites = [.. suites];
        Options = options;
        Cases = [.. suites.SelectMany(suite => First(suite).Select(item => (suite.Name, item)))];
        Count = (int)Math.Min((long)Models.Count * options.Repeats * Cases.Count, int.MaxValue);
        if (Count == int.MaxValue)
        {
            throw new InputException("the plan has more items than can be counted", "Ask for fewer repeats.");
        }

        SuiteReferences = [.. suites.Select(suite => SuiteHash.Reference(suite, options.CasesPerSuite))];
    }

    public IReadOnlyList<string> Models { get; }

    public IReadOnlyList<Suite> Suites { get; }

    public RunOptions Options { get; }

    /// <summary>The suites as <c>run.json</c> names them.</summary>
    public IReadOnlyList<SuiteReference> SuiteReferences { get; }

    /// <summary>Number of items.</summary>
    public int Count { get; }

    /// <summary>Every item, in order.</summary>
    public IEnumerable<RunItem> Items => Models.SelectMany(ItemsOf);

    List<(string Suite, SuiteCase Case)> Cases { get; }

    /// <summary>The items of one model, in order.</summary>
    public IEnumerable<RunItem> ItemsOf(string model)
    {
        for (var repeat = 0; repeat < Options.Repeats; repeat++)
        {
            foreach (var (suite, item) in Cases)
            {
                yield return new RunItem(new RunItemKey(model, suite, item.Id, repeat), item);
            }
        }
    }

    /// <summary>A case as a model gets it.</summary>
    public ToolCallRequest Request(SuiteCase item) => item.ToRequest() with { MaxOutputTokens = Options.MaxOutputTokens };

    IEnumerable<SuiteCase> First(Suite suite) => suite.Cases.Take(Options.CasesPerSuite ?? int.MaxValue);

    static void RefuseEmptyOrTwice(IReadOnlyList<string> names, string what)
    {
        if (names.Count == 0)
        {
            throw new InputException($"there is no {what} to run", $"Name at least one {what}.");
        }

        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { Key: var name })
        {
            throw new InputException($"the {what} '{name}' is named twice", $"Name each {what} once; repeats are an option of the run.");
        }
    }
}
