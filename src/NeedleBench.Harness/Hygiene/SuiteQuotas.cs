using System.Globalization;

namespace NeedleBench.Harness.Hygiene;

/// <summary>
/// What a suite must hold, and how much of it. A suite is held to quotas where its <c>suite.json</c> names their profile;
/// the defaults are those of <c>needlebench-60</c>, which NeedleBench's own suites are written to.
/// </summary>
public readonly record struct SuiteQuotas()
{
    /// <summary>The profile of the defaults.</summary>
    public const string NeedleBench60 = "needlebench-60";

    /// <summary>Cases in all, exactly.</summary>
    public int Cases { get; init; } = 60;

    /// <summary>Tools in tools.json, at least.</summary>
    public int MinTools { get; init; } = 8;

    /// <summary>Tools that one case offers, at most.</summary>
    public int MaxToolsPerCase { get; init; } = 8;

    /// <summary>Cases in each of the six styles of requests that can be served, at least.</summary>
    public int MinPerStyle { get; init; } = 5;

    /// <summary>Refusals in the style <c>near_miss</c> without the tag <c>missing_tool</c>, exactly.</summary>
    public int NearMisses { get; init; } = 5;

    /// <summary>Refusals in the style <c>none</c> without the tag <c>missing_tool</c>, exactly.</summary>
    public int OffTopic { get; init; } = 3;

    /// <summary>Refusals with the tag <c>missing_tool</c>, exactly.</summary>
    public int MissingTools { get; init; } = 2;

    /// <summary>Cases tagged with a language that is not the suite's, exactly.</summary>
    public int OtherLanguages { get; init; } = 2;

    /// <summary>Cases tagged <c>tools:seen</c>, exactly.</summary>
    public int SeenTools { get; init; } = 30;

    /// <summary>Cases tagged <c>tools:unseen</c>, exactly.</summary>
    public int UnseenTools { get; init; } = 30;

    /// <summary>Cases that expect two calls or more, at least.</summary>
    public int MinSeveralCalls { get; init; } = 1;

    /// <summary>Tools in tools.json with a parameter of each of <see cref="ParameterKinds.All"/>, at least.</summary>
    public int MinPerParameterKind { get; init; } = 1;

    /// <summary>The quotas in one line, for a person.</summary>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Cases} cases, {MinTools} tools or more, at most {MaxToolsPerCase} a case; each style {MinPerStyle} times or more; "
        + $"refusals: {NearMisses} near misses, {OffTopic} off topic, {MissingTools} with the right tool missing; "
        + $"{OtherLanguages} cases in other languages; {SeenTools} with seen tools, {UnseenTools} with unseen ones");

    /// <summary>The names of all profiles.</summary>
    public static IReadOnlyList<string> Profiles { get; } = [NeedleBench60];

    /// <summary>The quotas of a profile; null where there is none of that name.</summary>
    public static SuiteQuotas? Of(string profile) => profile == NeedleBench60 ? new SuiteQuotas() : null;
}
