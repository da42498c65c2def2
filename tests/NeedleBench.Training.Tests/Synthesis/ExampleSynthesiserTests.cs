using System.Text.Json;
using NeedleBench.San.Prompting;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.Tests.Synthesis;

public class ExampleSynthesiserTests
{
    const int Many = 30_000;

    // Much of everything that could break a value.
    static readonly SynthesisOptions Noisy = new()
    {
        LowerCase = 0.3,
        Typos = 0.6,
        Garbled = 0.4,
        Fillers = 0.5,
        Politeness = 0.5,
        Punctuate = 0.8,
        SeveralCalls = 0.5,
        RewordDescription = 0.5,
        VarySchema = 0.7,
        InventNames = 0.2,
    };

    static SyntheticExample[] Examples(SynthesisOptions options, ulong seed, int count) =>
        [.. new ExampleSynthesiser(TestCorpus.Repository, options, seed).Stream().Take(count)];

    static string Show(SyntheticExample example) =>
        $"{example.Kind} {example.Query} {ToolListText.Render(example.Tools, new ToolNames(example.Tools))} {ToolCallJson.Write(example.Calls)}";

    [Fact]
    public void Every_text_in_an_answer_stands_verbatim_in_the_request_or_is_one_that_the_corpus_translates()
    {
        // What "say" or a phrasing's words are turned into need not stand in the request.
        var translated = TestCorpus.Repository.Categories
            .SelectMany(c => c.Slots.Values.SelectMany(s => s).Where(v => !v.IsPlain).Select(v => v.Value)
                .Concat(c.Tools.SelectMany(t => t.Phrasings).SelectMany(p => p.Arguments.Values)))
            .SelectMany(ExampleCheck.Texts).ToHashSet();
        var copied = 0;
        foreach (var example in Examples(Noisy, 1, Many))
        {
            foreach (var call in example.Calls)
            {
                var schema = example.Tools.Single(t => t.Name == call.Name).Schema.GetProperty("properties");
                foreach (var argument in call.Arguments.EnumerateObject()
                    .Where(a => !schema.GetProperty(a.Name).TryGetProperty("enum", out _)))
                {
                    foreach (var text in ExampleCheck.Texts(argument.Value))
                    {
                        Assert.True(example.Query.Contains(text, StringComparison.Ordinal) || translated.Contains(text),
                            $"'{text}' is not in: {example.Query}");
                    }
                }
            }

            foreach (var value in example.CopiedValues)
            {
                Assert.Contains(value, example.Query, StringComparison.Ordinal);
                Assert.Contains(value, example.Calls.SelectMany(c => ExampleCheck.Texts(c.Arguments)));
                copied++;
            }
        }

        Assert.True(copied > Many / 2);
    }

    [Fact]
    public void Answers_fit_the_schemas_of_the_tools_as_they_are_offered()
    {
        foreach (var example in Examples(Noisy, 2, Many))
        {
            foreach (var call in example.Calls)
            {
                ExampleCheck.Fits(Assert.Single(example.Tools, t => t.Name == call.Name).Schema, call.Arguments);
            }
        }
    }

    [Fact]
    public void Names_differ_within_an_example_also_in_snake_case()
    {
        foreach (var example in Examples(Noisy, 3, Many))
        {
            var names = example.Tools.Select(t => SnakeCaseName.From(t.Name)).ToList();
            Assert.DoesNotContain("", names);
            Assert.Equal(names.Count, names.Distinct().Count());
            foreach (var tool in example.Tools)
            {
                var parameters = tool.Schema.GetProperty("properties").EnumerateObject().Select(p => p.Name).ToList();
                Assert.Equal(parameters.Count, parameters.Distinct().Count());
            }
        }
    }

    [Fact]
    public void Refusals_have_no_calls_and_requests_have_different_ones()
    {
        var kinds = new Dictionary<ExampleKind, int>();
        foreach (var example in Examples(new SynthesisOptions(), 4, Many))
        {
            kinds[example.Kind] = kinds.GetValueOrDefault(example.Kind) + 1;
            Assert.False(string.IsNullOrWhiteSpace(example.Query));
            Assert.InRange(example.Tools.Count, example.Kind == ExampleKind.NoTools ? 0 : 1, example.Kind == ExampleKind.NoTools
                ? 0 : 8);
            Assert.Equal(example.Calls.Count, example.Calls.Select(c => c.Name + c.Arguments.GetRawText()).Distinct().Count());
            if (example.Kind is ExampleKind.NoTools or ExampleKind.MissingTool or ExampleKind.DomainRefusal or ExampleKind.OffTopic)
            {
                Assert.Empty(example.Calls);
            }
            else if (example.Kind == ExampleKind.Request)
            {
                Assert.NotEmpty(example.Calls);
            }
        }

        // Six standard deviations around the shares asked for.
        foreach (var (kind, share) in new[]
        {
            (ExampleKind.Artificial, 0.15), (ExampleKind.NoTools, 0.015), (ExampleKind.MissingTool, 0.05),
                (ExampleKind.DomainRefusal, 0.06), (ExampleKind.OffTopic, 0.035), (ExampleKind.Request, 0.69),
        })
        {
            var margin = 6 * Math.Sqrt(Many * share * (1 - share));
            Assert.InRange(kinds[kind], (Many * share) - margin, (Many * share) + margin);
        }
    }

    [Fact]
    public void A_request_whose_tool_is_away_offers_it_under_no_name()
    {
        // With descriptions untouched, a tool is known by its description whatever it is called.
        var options = new SynthesisOptions
        {
            MissingTool = 0.8,
            NoTools = 0,
            DomainRefusal = 0,
            OffTopicRefusal = 0.2,
            Artificial = 0,
            RewordDescription = 0,
            Rename = 1,
            InventNames = 0,
            Typos = 0,
            Fillers = 0,
            Politeness = 0,
            Punctuate = 0,
            LowerCase = 0
        };
        var owners = TestCorpus.Repository.Categories.SelectMany(c => c.Tools)
            .Where(t => t.Phrasings.Any(p => p.Parts.All(x => !x.IsPlaceholder)))
            .SelectMany(t => t.Phrasings.Where(p => p.Parts.All(x => !x.IsPlaceholder)).Select(p => (p.Text, t.Description)))
            .GroupBy(p => p.Text).ToDictionary(g => g.Key, g => g.Select(p => p.Description).ToList());
        var seen = 0;
        foreach (var example in Examples(options, 5, 10_000))
        {
            if (owners.TryGetValue(example.Query, out var descriptions))
            {
                seen++;
                Assert.DoesNotContain(example.Tools, t => descriptions.Contains(t.Description));
            }
        }

        Assert.True(seen > 100, $"{seen} seen");
    }

    [Fact]
    public void The_two_currency_converters_are_never_offered_together()
    {
        var descriptions = TestCorpus.Repository.Categories.SelectMany(c => c.Tools).Where(t => t.Name == "convert_currency")
            .Select(t => t.Description).ToList();
        Assert.Equal(2, descriptions.Count);
        foreach (var example in Examples(new SynthesisOptions { RewordDescription = 0 }, 6, Many))
        {
            Assert.False(descriptions.All(d => example.Tools.Any(t => t.Description == d)));
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_stream_wherever_it_is_entered()
    {
        var a = Examples(Noisy, 7, 3000);
        var again = new ExampleSynthesiser(TestCorpus.Repository, Noisy, 7);

        Assert.Equal(a.Select(Show), again.Stream().Take(3000).Select(Show));
        Assert.Equal(a.Skip(2000).Select(Show), again.Stream(2000).Take(1000).Select(Show));
        Assert.Equal(Show(a[1234]), Show(again.Create(1234)));
    }

    [Fact]
    public void Another_seed_gives_another_stream()
    {
        var a = Examples(Noisy, 8, 500).Select(Show).ToHashSet();

        Assert.InRange(Examples(Noisy, 9, 500).Count(e => a.Contains(Show(e))), 0, 5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Held_out_phrasings_are_used_only_where_they_are_asked_for(bool heldOut)
    {
        var phrasings = string.Join(',',
            Enumerable.Range(0, 25).Select(i => $"{{\"text\":\"phrasing number{i} at {{level}}\"}}"));
        var from = TestCorpus.Tool.IndexOf("\"phrasings\"", StringComparison.Ordinal);
        var corpus = TestCorpus.Read(TestCorpus.File($"{TestCorpus.Tool[..from]}\"phrasings\":[{phrasings}]}}"));
        var options = new SynthesisOptions { HeldOut = heldOut, Artificial = 0, Typos = 0, Fillers = 0 };

        var used = new ExampleSynthesiser(corpus, options, 1).Stream().Take(5000).SelectMany(e => e.Query.Split([' ', '.', ',']))
            .Where(w => w.StartsWith("number", StringComparison.Ordinal)).ToHashSet();

        Assert.Equal(Enumerable.Range(0, 25).Where(i => (i is 9 or 19) == heldOut).Select(i => $"number{i}").Order(),
            used.Order());
    }

    [Fact]
    public void Renaming_changes_names_but_not_what_is_answered()
    {
        var kept = Examples(new SynthesisOptions { Rename = 0, InventNames = 0, Artificial = 0 }, 10, 2000);
        var names = TestCorpus.Repository.Categories.SelectMany(c => c.Tools).Select(t => t.Name).ToHashSet();
        var renamed = Examples(new SynthesisOptions { Rename = 0, InventNames = 1, Artificial = 0 }, 10, 2000);

        Assert.All(kept.SelectMany(e => e.Calls), c => Assert.Contains(c.Name, names));
        Assert.All(renamed.SelectMany(e => e.Tools), t => Assert.DoesNotContain(t.Name, names));
        foreach (var (a, b) in kept.Zip(renamed))
        {
            Assert.Equal(a.Query, b.Query);
            Assert.Equal(
                a.Calls.Select(c => c.Arguments.EnumerateObject().Select(v => v.Value.GetRawText()).Order()),
                b.Calls.Select(c => c.Arguments.EnumerateObject().Select(v => v.Value.GetRawText()).Order()));
        }
    }

    [Fact]
    public void Invented_names_keep_a_description_to_go_by()
    {
        foreach (var example in Examples(new SynthesisOptions
        {
            Rename = 0,
            InventNames = 1,
            Artificial = 0,
            RewordDescription = 1
        }, 11, 5000))
        {
            Assert.All(example.Tools, t => Assert.True(t.Description.Length > 8, t.Name));
        }
    }

    [Fact]
    public void Calls_come_in_the_order_of_the_request()
    {
        var options = new SynthesisOptions
        {
            SeveralCalls = 1,
            Artificial = 0,
            NoTools = 0,
            MissingTool = 0,
            DomainRefusal = 0,
            OffTopicRefusal = 0
        };
        var compared = 0;
        foreach (var example in Examples(options, 12, 5000).Where(e => e.Calls.Count > 1))
        {
            // Of each call, one value that no other has and that stands once in the request.
            var places = example.Calls.Select(c => ExampleCheck.Texts(c.Arguments)
                .Where(example.CopiedValues.Contains)
                .Select(text => (First: example.Query.IndexOf(text, StringComparison.Ordinal),
                    Last: example.Query.LastIndexOf(text, StringComparison.Ordinal)))
                .Where(at => at.First >= 0 && at.First == at.Last).Select(at => at.First).DefaultIfEmpty(-1).First())
                    .Where(at => at >= 0).ToList();
            Assert.Equal(places.Order(), places);
            compared += places.Count > 1 ? 1 : 0;
        }

        Assert.True(compared > 1000);
    }

    [Fact]
    public void More_difficulty_offers_more_tools()
    {
        var easy = Examples(new SynthesisOptions { Difficulty = 0 }, 13, 3000).Average(e => e.Tools.Count);
        var hard = Examples(new SynthesisOptions { Difficulty = 1 }, 13, 3000).Average(e => e.Tools.Count);

        // The means of the two tables are 2.65 and 4.72.
        Assert.InRange(easy, 2.3, 3.0);
        Assert.InRange(hard, 4.2, 5.1);
    }

    [Fact]
    public void Refuses_shares_that_are_none()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new ExampleSynthesiser(TestCorpus.Repository, new SynthesisOptions { Typos = 1.5 }, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new ExampleSynthesiser(TestCorpus.Repository, new SynthesisOptions { Artificial = 0.9, MissingTool = 0.2 }, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new ExampleSynthesiser(TestCorpus.Repository, new SynthesisOptions { MostTools = 0 }, 1));
    }

    [Fact]
    public void Works_with_a_corpus_of_one_tool()
    {
        var corpus = TestCorpus.Read(TestCorpus.File());

        foreach (var example in new ExampleSynthesiser(corpus, Noisy, 14).Stream().Take(3000))
        {
            Assert.All(example.Calls, call =>
                ExampleCheck.Fits(example.Tools.Single(t => t.Name == call.Name).Schema, call.Arguments));
            Assert.Equal(JsonValueKind.Array, JsonElement.Parse(ToolCallJson.Write(example.Calls)).ValueKind);
        }
    }
}
