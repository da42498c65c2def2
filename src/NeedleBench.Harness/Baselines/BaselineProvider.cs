using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Baselines;

/// <summary>
/// Floors and ceilings that learn nothing: <c>baseline:gold</c> answers from the case, <c>baseline:none</c> always refuses,
/// <c>baseline:keyword</c> picks a tool by word overlap and fills arguments by patterns.
/// </summary>
/// <param name="suites">The cases that gold knows the answers of.</param>
public sealed class BaselineProvider(IReadOnlyList<Suite> suites) : IModelProvider
{
    const string Gold = "gold";
    const string None = "none";
    const string Keyword = "keyword";

    /// <summary>Ceiling first.</summary>
    public static IReadOnlyList<string> Specs { get; } = [$"baseline:{Gold}", $"baseline:{Keyword}", $"baseline:{None}"];

    public string Scheme => "baseline";

    public string Summary => "floors and ceilings that learn nothing: gold answers from the case, keyword matches words, none always refuses";

    public IReadOnlyList<string> Available => Specs;

    public ValueTask<IToolCallingModel> OpenAsync(ModelSpec spec, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        spec.AllowOptions();
        IBaseline baseline = spec.Rest switch
        {
            Gold => new GoldBaseline(suites),
            None => new NoneBaseline(),
            Keyword => new KeywordBaseline(),
            _ => throw new InputException($"there is no baseline '{spec.Rest}'", $"There is: {string.Join(", ", Specs)}."),
        };
        return ValueTask.FromResult<IToolCallingModel>(new BaselineModel(spec, baseline));
    }
}
