using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeedleBench.Reports;

/// <summary>Figures that others published for suites that we can run as well: a file under <c>baselines/published</c>.</summary>
/// <param name="Section">The README's section that they are written into.</param>
/// <param name="Metric">Our metric that counts as theirs do, a name of the metric table.</param>
/// <param name="Suites">The suites, by the names that an import gives them.</param>
/// <param name="Note">How the figures compare; stands under the table.</param>
/// <param name="Models">A row each.</param>
public sealed record PublishedScores(string Section, string Metric, IReadOnlyList<string> Suites, string Note, IReadOnlyList<PublishedScore> Models)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Parses such a file.</summary>
    /// <param name="text">JSON.</param>
    /// <param name="file">For messages.</param>
    /// <exception cref="InputException">It is no JSON, lacks a key, or a row has not one score a suite.</exception>
    public static PublishedScores Parse(string text, string file)
    {
        try
        {
            var scores = JsonSerializer.Deserialize<PublishedScores>(text, Json)
                ?? throw new InputException("the file says null", "Give an object with section, metric, suites, note and models.", file);
            return scores.Models.FirstOrDefault(m => m.Scores.Count != scores.Suites.Count) is { } wrong
                ? throw new InputException(
                    $"'{wrong.Model}' has {wrong.Scores.Count} scores for {scores.Suites.Count} suites", "Give one a suite, null where there is none.", file)
                : scores;
        }
        catch (JsonException e)
        {
            throw new InputException(
                $"the published figures cannot be read ({e.Message.TrimEnd('.')})", "Give an object with section, metric, suites, note and models.", file,
                e.LineNumber is { } n ? (int)n + 1 : null, e);
        }
    }
}
