namespace NeedleBench.Harness.Suites;

/// <summary>What a suite, or several taken together, is made of.</summary>
public sealed record SuiteStatistics
{
    /// <summary>The suite's; <c>all</c> for several together.</summary>
    public required string Name { get; init; }

    public required int Cases { get; init; }

    /// <summary>Cases in which no call is right.</summary>
    public required int Refusals { get; init; }

    /// <summary>Cases by style, in the order of <see cref="CaseStyles.All"/>; a style without cases has 0.</summary>
    public required IReadOnlyDictionary<string, int> Styles { get; init; }

    /// <summary>Cases tagged <see cref="CaseTags.SeenTools"/>.</summary>
    public required int SeenTools { get; init; }

    /// <summary>Cases tagged <see cref="CaseTags.UnseenTools"/>.</summary>
    public required int UnseenTools { get; init; }

    /// <summary>
    /// Cases by language, most first, then by name: that of the tag <see cref="CaseTags.LanguagePrefix"/>, else the suite's.
    /// </summary>
    public required IReadOnlyDictionary<string, int> Languages { get; init; }

    /// <summary>Tools with a name of their own, those inline in cases among them. Of several suites: their sum.</summary>
    public required int Tools { get; init; }

    /// <summary>Tools on offer a case; null where there are no cases.</summary>
    public required Spread? ToolsPerCase { get; init; }

    /// <summary>Expected calls a case, refusals left out; null where all are.</summary>
    public required Spread? CallsPerCase { get; init; }

    /// <summary>Words of a query, parted by white space; null where there are no cases.</summary>
    public required Spread? QueryWords { get; init; }

    /// <summary>Arguments of an expected call, those that may be omitted among them; null where there is no call.</summary>
    public required Spread? ArgumentsPerCall { get; init; }

    /// <summary>Cases in which a tool is to be called, over all tools; null where there is no tool.</summary>
    public required Spread? RightAnswersPerTool { get; init; }

    /// <summary>Counts one suite.</summary>
    public static SuiteStatistics Of(Suite suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        return Count(suite.Name, [suite]);
    }

    /// <summary>Counts several suites as one, named <c>all</c>. Tools of one name in two suites are two.</summary>
    public static SuiteStatistics OfAll(IReadOnlyList<Suite> suites)
    {
        ArgumentNullException.ThrowIfNull(suites);
        return Count("all", suites);
    }

    static SuiteStatistics Count(string name, IReadOnlyList<Suite> suites)
    {
        var cases = suites.SelectMany(suite => suite.Cases).ToList();
        var calls = cases.SelectMany(item => item.Expected).ToList();
        var rightAnswers = suites.SelectMany(RightAnswers).ToList();
        return new SuiteStatistics
        {
            Name = name,
            Cases = cases.Count,
            Refusals = cases.Count(item => item.IsRefusal),
            Styles = Ordered(CaseStyles.All.Select(style => KeyValuePair.Create(style, cases.Count(item => item.Style == style)))),
            SeenTools = CountTag(cases, CaseTags.SeenTools),
            UnseenTools = CountTag(cases, CaseTags.UnseenTools),
            Languages = Ordered(suites.SelectMany(suite => suite.Cases.Select(item => Language(suite, item)))
                .CountBy(language => language, StringComparer.Ordinal)
                .OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal)),
            Tools = rightAnswers.Count,
            ToolsPerCase = Spread.Of(cases.Select(item => item.Tools.Count)),
            CallsPerCase = Spread.Of(cases.Where(item => !item.IsRefusal).Select(item => item.Expected.Count)),
            QueryWords = Spread.Of(cases.Select(item => item.Query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length)),
            ArgumentsPerCall = Spread.Of(calls.Select(call => call.Arguments.Count)),
            RightAnswersPerTool = Spread.Of(rightAnswers),
        };
    }

    /// <summary>For each tool of the suite, the cases in which it is to be called.</summary>
    static IEnumerable<int> RightAnswers(Suite suite)
    {
        var answers = suite.Tools.Concat(suite.Cases.SelectMany(item => item.Tools))
            .Select(tool => tool.Name).Distinct(StringComparer.Ordinal).ToDictionary(name => name, _ => 0, StringComparer.Ordinal);
        foreach (var called in suite.Cases.SelectMany(item => item.Expected.Select(call => call.Name).Distinct(StringComparer.Ordinal)))
        {
            answers[called]++;
        }

        return answers.Values;
    }

    static string Language(Suite suite, SuiteCase item) =>
        item.Tags.FirstOrDefault(tag => tag.StartsWith(CaseTags.LanguagePrefix, StringComparison.Ordinal)) is { } tag
            ? tag[CaseTags.LanguagePrefix.Length..]
            : suite.Language;

    static int CountTag(List<SuiteCase> cases, string tag) => cases.Count(item => item.Tags.Contains(tag, StringComparer.Ordinal));

    static OrderedDictionary<string, int> Ordered(IEnumerable<KeyValuePair<string, int>> counts) => new(counts, StringComparer.Ordinal);
}
