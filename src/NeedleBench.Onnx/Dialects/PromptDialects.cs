using NeedleBench.Onnx.Dialects.Bfcl;

namespace NeedleBench.Onnx.Dialects;

/// <summary>Every dialect there is. To add one, write its class and name it here.</summary>
public static class PromptDialects
{
    /// <summary>The variant that follows the model's makers.</summary>
    public const string Official = "official";

    /// <summary>The variant that follows the Berkeley Function Calling Leaderboard.</summary>
    public const string Bfcl = "bfcl";

    public static IReadOnlyList<IPromptDialect> All { get; } =
    [
        new FunctionGemmaDialect(),
        new BfclFunctionGemmaDialect(),
        new HermesDialect(),
        new BfclHermesDialect(),
        new GraniteDialect(),
        new BfclGraniteDialect(),
        new LfmDialect("lfm2", hasToolListTokens: true),
        new BfclLfmDialect("lfm2", hasToolListTokens: true),
        new LfmDialect("lfm2.5", hasToolListTokens: false),
        new BfclLfmDialect("lfm2.5", hasToolListTokens: false),
        new JsonDialect(),
    ];

    /// <summary>Finds a dialect by the words of a model spec.</summary>
    /// <exception cref="InputException">There is none of that name, or it has no such variant.</exception>
    public static IPromptDialect Find(string name, string variant = Official)
    {
        var named = All.Where(d => d.Name == name).ToList();
        if (named.Count == 0)
        {
            throw new InputException(
                $"there is no prompt dialect '{name}'", $"There are: {string.Join(", ", All.Select(d => d.Name).Distinct())}.");
        }

        return named.Find(d => d.Variant == variant) ?? throw new InputException(
            $"the prompt dialect '{name}' has no variant '{variant}'", $"It has: {string.Join(", ", named.Select(d => d.Variant))}.");
    }
}
