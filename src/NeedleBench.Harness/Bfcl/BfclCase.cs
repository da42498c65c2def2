using System.Text.Json;
using NeedleBench.Harness.Bfcl.Checking;
using NeedleBench.Harness.Bfcl.Conversion;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Bfcl;

/// <summary>
/// One case as Berkeley's files hold it: the functions on offer in their dialect of JSON Schema (<c>dict</c>, <c>float</c>,
/// <c>tuple</c>, <c>any</c>), and for each expected call the alternatives of each parameter, <c>""</c> among them where it
/// may be left out.
/// </summary>
public sealed class BfclCase
{
    /// <param name="category">Berkeley's name of the category, e.g. <c>live_multiple</c>; it decides on the check.</param>
    /// <param name="functions">A JSON array of functions.</param>
    /// <param name="groundTruth">
    /// A JSON array of <c>{"name":{"parameter":[alternatives]}}</c>; empty for (ir)relevance, where it is not looked at.
    /// </param>
    public BfclCase(string category, JsonElement functions, JsonElement groundTruth)
    {
        Category = category;
        Kind = KindOf(category);
        Functions = functions;
        GroundTruth = groundTruth;
        PythonFunctions = PythonValue.Of(functions);
        PythonTruth = PythonValue.Of(groundTruth);
    }

    /// <summary>Berkeley's name of the category.</summary>
    public string Category { get; }

    /// <summary>The check that this category gets.</summary>
    public BfclCategory Kind { get; }

    /// <summary>A JSON array.</summary>
    public JsonElement Functions { get; }

    /// <summary>A JSON array.</summary>
    public JsonElement GroundTruth { get; }

    internal PythonValue PythonFunctions { get; }

    internal PythonValue PythonTruth { get; }

    /// <summary>
    /// A suite's case as Berkeley would hold it. An imported case gives back what it was; for our own, the category follows
    /// from the counts of calls and tools, the schemas and the accepted values are rewritten.
    /// </summary>
    public static BfclCase Of(SuiteCase suiteCase)
    {
        ArgumentNullException.ThrowIfNull(suiteCase);
        var functions = BfclSchema.ToFunctions(suiteCase.Tools);
        return suiteCase.Bfcl is { } original
            ? new BfclCase(original.Category, functions, original.GroundTruth)
            : new BfclCase(CategoryOf(suiteCase), functions, GroundTruthWriter.Write(suiteCase.Expected, functions));
    }

    /// <summary>The check that a category gets, decided as Berkeley decides it: by words in the category's name.</summary>
    public static BfclCategory KindOf(string category)
    {
        ArgumentNullException.ThrowIfNull(category);
        bool Has(string word) => category.Contains(word, StringComparison.Ordinal);
        return Has("irrelevance") ? BfclCategory.Irrelevance
            : Has("relevance") ? BfclCategory.Relevance
            : Has("parallel") ? BfclCategory.Parallel
            : Has("multiple") ? BfclCategory.Multiple
            : BfclCategory.Simple;
    }

    static string CategoryOf(SuiteCase suiteCase) => (suiteCase.Expected.Count, suiteCase.Tools.Count) switch
    {
        (0, _) => "irrelevance",
        (1, 1) => "simple",
        (1, _) => "multiple",
        (_, 1) => "parallel",
        _ => "parallel_multiple",
    };
}
