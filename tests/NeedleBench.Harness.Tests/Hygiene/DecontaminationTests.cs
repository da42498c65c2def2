using NeedleBench.Harness.Hygiene;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Tests.Hygiene;

public class DecontaminationTests
{
    static Suite Suite(string query, string? source = null) =>
        new("s", "T", "L", "1", "en", "s", [], [new SuiteCase("s/001", query, [], [], "none", [], 7)]) { Source = source };

    static IReadOnlyList<SuiteFinding> Check(string query, string phrasing, bool slots = true) =>
        Decontamination.Check([Suite(query)], [new TrainingPhrasing(phrasing, slots, "x/timers.json", null)]);

    [Theory]
    [InlineData("one two three four five six seven eight", "a one two three four five six seven eight b")]
    [InlineData("Well, ONE two; three four five six seven eight nine", "{x} one two three four five six seven eight")]
    [InlineData("one two three four five six seven eight", "{x}one two three four five six seven eight{y} z")]
    public void Finds_eight_words_in_a_row(string query, string phrasing)
    {
        var finding = Assert.Single(Check(query, phrasing), f => f.Message.Contains("shares the words", StringComparison.Ordinal));
        Assert.Contains("'one two three four five six seven eight'", finding.Message, StringComparison.Ordinal);
        Assert.Contains("(timers.json)", finding.Message, StringComparison.Ordinal);
        Assert.Equal((Path.Combine("s", "cases.jsonl"), 7, FindingSeverity.Error), (finding.File, finding.Line, finding.Severity));
    }

    [Theory]
    [InlineData("one two three four five six seven", "one two three four five six seven eight")]
    [InlineData("one two three four x five six seven eight", "z one two three four {x} five six seven eight z")]
    [InlineData("one two three four five six seven eightfold", "one two three four five six seven eight")]
    [InlineData("one two three four five six seven eight", "done two three four five six seven eight")]
    public void Takes_no_fewer_words_no_run_over_a_slot_and_no_part_of_a_word(string query, string phrasing) =>
        Assert.Empty(Check(query, phrasing));

    [Theory]
    [InlineData("Set a timer for ten minutes!", "set a timer for {duration}")]
    [InlineData("add Zoë's oat milk to my big shopping list", "add {item} to my {list} list")]
    [InlineData("in ten minutes, ping me again please", "in {duration} ping me again please")]
    [InlineData("ten minutes from now wake me up", "{duration} from now wake me up")]
    [InlineData("the hall to the den and the loft", "the {a} to the {b} and {c}")]
    [InlineData("a b a b c d", "{x} a b c d")]
    [InlineData("lights out", "Lights out.")]
    [InlineData("turn on the light", "turn on the {room} light")]
    public void Finds_a_phrasing_with_its_slots_filled(string query, string phrasing) => Assert.Single(Check(query, phrasing));

    [Theory]
    [InlineData("set a timer", "set a {kind} timer")]
    [InlineData("please set a timer for ten minutes", "set a timer for {duration}")]
    [InlineData("set a timer for ten minutes please", "set a timer for {duration} now")]
    [InlineData("turn the light on", "turn on the {room} light")]
    [InlineData("one two three", "one two {x} two three four")]
    [InlineData("lights out now", "lights out")]
    [InlineData("reset a timer for ten", "set a timer for {duration}")]
    [InlineData("one two three four", "one two three {x} three four")]
    public void Passes_what_is_no_filled_phrasing(string query, string phrasing) => Assert.Empty(Check(query, phrasing));

    [Fact]
    public void Braces_in_a_request_are_no_slots()
    {
        Assert.Empty(Check("one two three four", "one two {x} three four", slots: false));
        Assert.Single(Check("one two x three four", "one two {x} three four", slots: false));
    }

    [Fact]
    public void Finds_a_query_once_a_rule_and_only_warns_of_imported_ones()
    {
        var phrasing = new TrainingPhrasing("set one two three four five six seven eight nine", false, "t.jsonl", 3);
        var findings = Decontamination.Check([Suite("Set one two three four five six seven eight nine.", "elsewhere")], [phrasing, phrasing]);
        Assert.Equal(2, findings.Count);
        Assert.All(findings, finding => Assert.Equal(FindingSeverity.Warning, finding.Severity));
        Assert.All(findings, finding => Assert.Contains("(t.jsonl:3)", finding.Message, StringComparison.Ordinal));
    }
}
