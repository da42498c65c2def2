using NeedleBench.San.Model;

namespace NeedleBench.San;

/// <summary>
/// Opens <c>san:NAME</c> (a model in the box) and <c>san:FOLDER</c> (a checkpoint folder as Needle's authors publish theirs).
/// Options: <c>precision</c>, <c>threads</c>, <c>constrained</c>, <c>retrieve</c>.
/// </summary>
public sealed class SanModelProvider : IModelProvider
{
    /// <summary>What stands before the colon of a spec.</summary>
    public const string SchemeName = "san";

    public string Scheme => SchemeName;

    public string Summary =>
        "native Simple Attention Network: a model in the box or a checkpoint folder; "
        + $"options precision=fp32, threads=N, {SanSpec.OptionsSummary}";

    public IReadOnlyList<string> Available => [.. EmbeddedModels.Names.Select(n => $"{SchemeName}:{n}")];

    public ValueTask<IToolCallingModel> OpenAsync(ModelSpec spec, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        spec.AllowOptions(["precision", "threads", .. SanSpec.OptionNames]);
        var defaults = new SanModelOptions();
        var options = SanSpec.Read(spec) with
        {
            Model = new SanModelOptions
            {
                Precision = spec.GetString("precision", defaults.Precision),
                Threads = spec.GetInt("threads", defaults.Threads, 1, 64),
            },
        };
        var source = SanModelSource.Open(spec.Rest);
        var model = new SanModel(source.Weights, options.Model);
        try
        {
            return ValueTask.FromResult<IToolCallingModel>(
                new SanToolCallingModel(model, source.Tokenizer, SanSpec.Name(source.Name, options), spec.Text, source.Hash, options));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
