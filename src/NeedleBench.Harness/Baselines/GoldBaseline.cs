using System.Text.Json;
using System.Text.Json.Nodes;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Baselines;

/// <summary>
/// Answers from the case, with the best accepted values. Where it does not score 100 %, the suite or the scorer is wrong.
/// </summary>
sealed class GoldBaseline : IBaseline
{
    readonly Dictionary<string, IReadOnlyList<ToolCall>> _answers = new(StringComparer.Ordinal);

    public GoldBaseline(IEnumerable<Suite> suites)
    {
        foreach (var item in suites.SelectMany(s => s.Cases))
        {
            _answers.TryAdd(Key(item.ToRequest()), [.. item.Expected.Select(BestCall)]);
        }
    }

    public int Version => 1;

    /// <summary>The call with the first accepted value of each argument; one that may be left out is.</summary>
    public static ToolCall BestCall(ExpectedCall expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var arguments = new JsonObject();
        foreach (var (name, accepted) in expected.Arguments.Where(a => !a.Value.MayBeOmitted))
        {
            arguments[name] = JsonNode.Parse(accepted.Values[0].GetRawText());
        }

        return new ToolCall(expected.Name, JsonSerializer.SerializeToElement(arguments));
    }

    public IReadOnlyList<ToolCall> Answer(ToolCallRequest request) => _answers.TryGetValue(Key(request), out var answer)
        ? answer
        : throw new InvalidOperationException("baseline:gold knows only the cases of the suites at hand.");

    static string Key(ToolCallRequest request) =>
        string.Join('\n', request.Tools.Select(t => $"{t.Name}\t{t.Description}\t{t.Schema.GetRawText()}").Prepend(request.Query));
}
