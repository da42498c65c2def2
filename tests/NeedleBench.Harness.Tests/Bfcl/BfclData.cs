using System.Text.Json;
using NeedleBench.Harness.Bfcl;

namespace NeedleBench.Harness.Tests.Bfcl;

/// <summary>The shared copy of Berkeley's files.</summary>
static class BfclData
{
    public static string Folder { get; } = RepositoryFiles.InShared("bfcl");

    public static IEnumerable<JsonElement> Lines(string relative) =>
        File.ReadLines(Path.Combine(Folder, relative)).Where(line => line.Length > 0).Select(line => JsonElement.Parse(line));

    public static IEnumerable<(string Id, BfclCase Case)> Cases(string category)
    {
        var truth = Lines($"possible_answer/BFCL_v4_{category}.json")
            .ToDictionary(answer => answer.GetProperty("id").GetString()!, answer => answer.GetProperty("ground_truth"));
        return Lines($"BFCL_v4_{category}.json").Select(line => (line.GetProperty("id").GetString()!, line))
            .Select(pair => (pair.Item1, new BfclCase(category, pair.line.GetProperty("function"), truth[pair.Item1])));
    }
}
