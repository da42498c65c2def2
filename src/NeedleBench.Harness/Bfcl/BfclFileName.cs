using System.Text.RegularExpressions;

namespace NeedleBench.Harness.Bfcl;

/// <summary>Berkeley's names of files, <c>BFCL_v4_live_simple.json</c>: JSON lines in spite of the ending.</summary>
static partial class BfclFileName
{
    /// <summary>The folder of the answers, beside the questions; the files have the same names there.</summary>
    public const string AnswersFolder = "possible_answer";

    // What needs several turns, another language than Python, or no answer that could be checked, is not ours to import.
    static readonly string[] Endings = ["simple", "simple_python", "multiple", "parallel", "parallel_multiple", "irrelevance"];
    static readonly string[] Foreign = ["multi_turn", "exec", "rest", "chatable", "sql"];

    /// <summary>The category that a file's name names; its whole name without ending where it is none of Berkeley's.</summary>
    public static string CategoryOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return Pattern.Match(name) is { Success: true } match ? match.Groups["category"].Value : name;
    }

    /// <summary>The version in a file's name, e.g. <c>v4</c>.</summary>
    public static string? VersionOf(string path) =>
        Pattern.Match(Path.GetFileNameWithoutExtension(path)) is { Success: true } match ? match.Groups["version"].Value : null;

    /// <summary>Whether a file's name is that of questions that can be imported.</summary>
    public static bool IsKnown(string path)
    {
        var category = CategoryOf(path);
        return Pattern.IsMatch(Path.GetFileNameWithoutExtension(path))
            && Endings.Any(ending => category == ending || category.EndsWith("_" + ending, StringComparison.Ordinal))
            && !Foreign.Any(word => category.StartsWith(word + "_", StringComparison.Ordinal));
    }

    /// <summary>The file's name for a category.</summary>
    public static string Of(string category) => $"BFCL_v4_{category}.json";

    [GeneratedRegex("^BFCL_(?<version>v[0-9]+)_(?<category>.+)$", RegexOptions.CultureInvariant)]
    static partial Regex Pattern { get; }
}
