using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.FineTuning;

/// <summary>What a run was begun with; it is only taken up with the same.</summary>
/// <param name="Options">All of them.</param>
/// <param name="Base">Hash of the checkpoint.</param>
/// <param name="Data">Hash of the examples.</param>
/// <param name="Corpus">Hash of what is replayed; null for nothing.</param>
sealed record FineTuneSettings(FineTuneOptions Options, string Base, string Data, string? Corpus)
{
    const int Sample = 64;

    /// <summary>A hash over the first replayed examples: it tells another corpus, and another synthesiser.</summary>
    public static string HashOf(ExampleSynthesiser replay) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', replay.Stream().Take(Sample).Select(NeedleJsonl.Line)))));

    /// <summary>Refuses to go on with other settings.</summary>
    /// <param name="begun">Those of the folder.</param>
    /// <exception cref="InputException">They differ.</exception>
    public void RequireSame(FineTuneSettings begun, string file)
    {
        var (now, then) = (Flat(this), Flat(begun));
        if (now.FirstOrDefault(p => !JsonNode.DeepEquals(p.Value, then[p.Key])) is { Key: { } key })
        {
            throw new InputException(
                $"the run here was begun with '{key}' {then[key]?.ToJsonString() ?? "none"}, not {now[key]?.ToJsonString() ?? "none"}",
                "Go on with the same base, data, corpus and options, or begin anew in another folder.", file);
        }
    }

    static Dictionary<string, JsonNode?> Flat(FineTuneSettings settings)
    {
        var root = JsonSerializer.SerializeToNode(settings, FineTuneFolder.Json)!.AsObject();
        return root["options"]!.AsObject().Concat(root.Where(p => p.Key != "options")).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
    }
}
