using System.Text.Json;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Hygiene;

/// <summary>
/// Cases whose own answers would not count as right. The first accepted values, written as a model would write them, must be
/// read and scored as an exact match; so must the same without the arguments that may be omitted.
/// </summary>
static class GoldAnswerCheck
{
    public static IEnumerable<SuiteFinding> Check(IReadOnlyList<Suite> suites)
    {
        var tools = PreparedCase.NewToolCache();
        foreach (var suite in suites)
        {
            foreach (var item in suite.Cases.Where(CanBeScored))
            {
                var prepared = PreparedCase.Of(item, tools);
                var omits = item.Expected.Any(call => call.Arguments.Values.Any(accepted => accepted.MayBeOmitted));
                if (WhyWrong(suite, prepared, Answer(item, omit: false)) is { } reason)
                {
                    yield return Finding.InCase(suite, item, $"its own first answer is not scored as right: {reason}");
                }
                else if (omits && WhyWrong(suite, prepared, Answer(item, omit: true)) is { } other)
                {
                    yield return Finding.InCase(
                        suite, item, $"its own answer without the arguments that may be omitted is not scored as right: {other}");
                }
            }
        }
    }

    // A tool whose schema cannot be read is a finding of its own.
    static bool CanBeScored(SuiteCase item) => item.Tools
        .Where(tool => item.Expected.Any(call => call.Name == tool.Name))
        .All(tool => ToolSchemaCheck.WhyUnreadable(tool) is null);

    static string? WhyWrong(Suite suite, PreparedCase prepared, List<ToolCall> answer)
    {
        try
        {
            var text = ToolCallJson.Write(answer);
            if (!ToolCallJson.TryParse(text, out var calls, out var failure))
            {
                return failure.Detail;
            }

            var score = Scorer.Score(prepared, new Prediction
            {
                Model = "gold",
                Suite = suite.Name,
                Case = prepared.Case.Id,
                Repeat = 0,
                Text = text,
                Calls = calls,
            });
            return score.Exact ? null : $"{score.ErrorClass}";
        }
        catch (Exception e) when (e is InputException or InvalidOperationException)
        {
            return e.Message.TrimEnd('.');
        }
    }

    static List<ToolCall> Answer(SuiteCase item, bool omit) =>
    [
        .. item.Expected.Select(call => new ToolCall(call.Name, JsonSerializer.SerializeToElement(call.Arguments
            .Where(argument => argument.Value.Values.Count > 0 && !(omit && argument.Value.MayBeOmitted))
            .ToDictionary(argument => argument.Key, argument => argument.Value.Values[0], StringComparer.Ordinal)))),
    ];
}
