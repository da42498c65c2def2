using NeedleBench.San.Model;

namespace NeedleBench.San;

/// <summary>
/// Opens <c>san:NAME</c> (a model in the box) and <c>san:FOLDER</c> (a checkpoint folder as Needle's authors publish theirs).
/// Options: <c>precision</c>, <c>threads</c>, <c>constrained</c>, <c>retrieve</c>.
/// </summary>
public sealed class SanModelProvider : IModelProvider
{
    public string Scheme => "san";

    public string Summary =>
        "native Simple Attention Network: a model in the box or a checkpoint folder; "
        + "options precision=fp32, threads=N, constrained=schema|names|false, retrieve=K";

    public IReadOnlyList<string> Available => [.. EmbeddedModels.Names.Select(n => $"san:{n}")];

    public ValueTask<IToolCallingModel> OpenAsync(ModelSpec spec, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        spec.AllowOptions("precision", "threads", "constrained", "retrieve");
        var defaults = new SanOptions();
        var options = new SanOptions
        {
            Constraint = Constraint(spec, defaults.Constraint),
            RetrieveTop = spec.GetInt("retrieve", defaults.RetrieveTop, 0, 1000),
            Model = new SanModelOptions
            {
                Precision = spec.GetString("precision", defaults.Model.Precision),
                Threads = spec.GetInt("threads", defaults.Model.Threads, 1, 64),
            },
        };
        var source = SanModelSource.Open(spec.Rest);
        var model = new SanModel(source.Weights, options.Model);
        try
        {
            return ValueTask.FromResult<IToolCallingModel>(
                new SanToolCallingModel(model, source.Tokenizer, Name(source.Name, options), spec.Text, source.Hash, options));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    // Tables show names: what answers otherwise must not share one.
    static string Name(string source, SanOptions options)
    {
        var defaults = new SanOptions();
        return source
            + (options.RetrieveTop == defaults.RetrieveTop ? "" : FormattableString.Invariant($", retrieve={options.RetrieveTop}"))
            + (options.Constraint == defaults.Constraint ? "" : options.Constraint == DecodingConstraint.None ? ", unconstrained" : ", constrained=names");
    }

    static DecodingConstraint Constraint(ModelSpec spec, DecodingConstraint missing) => spec.GetString("constrained", "") switch
    {
        "" => missing,
        "schema" or "true" => DecodingConstraint.Schema,
        "names" => DecodingConstraint.Names,
        "false" => DecodingConstraint.None,
        var other => throw new InputException($"'{spec.Text}': constrained is '{other}'", "Give schema, names or false."),
    };
}
