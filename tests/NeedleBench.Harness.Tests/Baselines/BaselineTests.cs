using NeedleBench.Harness.Baselines;
using NeedleBench.Harness.Metrics;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Scoring;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Tests.Baselines;

public class BaselineTests
{
    static readonly IReadOnlyList<Suite> Suites = SuiteCatalog.Load(RepositoryFiles.InRepository("suites"), []);

    [Fact]
    public async Task Gold_is_right_on_every_case_of_every_suite()
    {
        var scores = await ScoreAsync("baseline:gold");

        Assert.Equal(Suites.Sum(s => s.Cases.Count), scores.Count);
        Assert.Empty(scores.Where(s => !s.Exact).Select(s => $"{s.Case}: {s.ErrorClass}"));
    }

    [Fact]
    public async Task None_is_right_exactly_where_refusing_is()
    {
        var refusals = Suites.SelectMany(s => s.Cases).Where(c => c.IsRefusal).Select(c => c.Id);
        var right = (await ScoreAsync("baseline:none")).Where(s => s.Exact).Select(s => s.Case);

        Assert.Equal(refusals.Order(StringComparer.Ordinal), right.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Keyword_stands_between_the_two_and_calls_only_what_was_offered()
    {
        var scores = await ScoreAsync("baseline:keyword");
        var calls = scores.Where(s => s.Calls.Count > 0).ToList();

        Assert.InRange(calls.Count, scores.Count / 4, scores.Count);
        Assert.DoesNotContain(scores, s => s.ErrorClass is ErrorClass.UnknownTool or ErrorClass.ParseFailure or ErrorClass.ModelError or ErrorClass.InventedArgument);
        var nameF1 = scores.Select(s => s.Tallies.GetValueOrDefault(NameF1.Name)).ToList();
        Assert.InRange(nameF1.Sum(t => t.Hits) / nameF1.Sum(t => t.Total), 0.3, 0.9);
    }

    [Theory]
    [InlineData("set the bedroom thermostat to 21", """[{"name":"set_thermostat","arguments":{"degrees":21}}]""")]
    [InlineData("could you turn the lights off", """[{"name":"switch_lights","arguments":{"state":"off"}}]""")]
    [InlineData("heating thermostat at twenty two please", """[{"name":"set_thermostat","arguments":{"degrees":22}}]""")]
    [InlineData("set the thermostat to nine hundred", "[]")] // out of range, and it is required
    [InlineData("what's the capital of Peru", "[]")]
    public async Task Keyword_reads_words_enums_and_numbers(string query, string expected)
    {
        var tools = ToolDefinitionJson.ParseList(
            """
            [{"name":"switch_lights","description":"Switch lamps.","parameters":{"type":"object","properties":{"state":{"type":"string","enum":["on","off"]}},"required":["state"]}},
             {"name":"set_thermostat","description":"Set the heating.","parameters":{"type":"object","properties":{"degrees":{"type":"integer","minimum":5,"maximum":30}},"required":["degrees"]}}]
            """);
        using var model = await OpenAsync("baseline:keyword");

        Assert.Equal(expected, (await model.CallAsync(new ToolCallRequest(query, tools))).RawText);
    }

    [Theory]
    [InlineData("one", "1")]
    [InlineData("twenty five and 3.5 then 7", "25 3.5 7")]
    [InlineData("two hundred and fifty", "250")]
    [InlineData("three thousand", "3000")]
    [InlineData("five six", "5 6")]
    [InlineData("no numbers here", "")]
    public void Numbers_are_read_in_digits_and_in_words(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', SpokenNumbers.In(QueryWords.Read(text)).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture))));

    [Fact]
    public async Task A_baseline_that_is_none_and_an_option_are_refused()
    {
        await Assert.ThrowsAsync<InputException>(() => OpenAsync("baseline:best"));
        await Assert.ThrowsAsync<InputException>(() => OpenAsync("baseline:none?x=1"));
    }

    static Task<IToolCallingModel> OpenAsync(string spec) => new BaselineProvider(Suites).OpenAsync(ModelSpec.Parse(spec)).AsTask();

    static async Task<IReadOnlyList<CaseScore>> ScoreAsync(string spec)
    {
        using var model = await OpenAsync(spec);
        var predictions = new List<Prediction>();
        foreach (var suite in Suites)
        {
            foreach (var item in suite.Cases)
            {
                var answer = await model.CallAsync(item.ToRequest());
                predictions.Add(new Prediction { Model = spec, Suite = suite.Name, Case = item.Id, Repeat = 0, Text = answer.RawText, Calls = answer.Calls });
            }
        }

        return Scorer.Score(Suites, predictions);
    }
}
