namespace NeedleBench.San;

/// <summary>The options of a model spec that every SAN has, whatever runs it, and the name that they give it.</summary>
public static class SanSpec
{
    /// <summary>The options that <see cref="Read"/> reads, for a line of help.</summary>
    public const string OptionsSummary = "constrained=schema|names|false, retrieve=K, clauses=false";

    /// <summary>Their names, for <see cref="ModelSpec.AllowOptions"/>.</summary>
    public static IReadOnlyList<string> OptionNames { get; } = ["constrained", "retrieve", "clauses"];

    /// <summary>Reads the options of <see cref="OptionNames"/>; the rest is as by default.</summary>
    /// <exception cref="InputException">A value is impossible.</exception>
    public static SanOptions Read(ModelSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var defaults = new SanOptions();
        return defaults with
        {
            Constraint = Constraint(spec, defaults.Constraint),
            RetrieveTop = spec.GetInt("retrieve", defaults.RetrieveTop, 0, 1000),
            RetrieveByClauses = spec.GetBool("clauses", defaults.RetrieveByClauses),
        };
    }

    /// <summary>A name for tables, which what answers otherwise must not share.</summary>
    /// <param name="source">The checkpoint's name.</param>
    public static string Name(string source, SanOptions options)
    {
        var defaults = new SanOptions();
        return source
            + (options.RetrieveTop == defaults.RetrieveTop ? "" : FormattableString.Invariant($", retrieve={options.RetrieveTop}"))
            + (options.RetrieveByClauses == defaults.RetrieveByClauses ? "" : ", clauses=false")
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
