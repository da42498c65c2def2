using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.Tests.Synthesis;

public class ToolRequestsTests
{
    // Ten requests, of which the last is held out, beside ten phrasings, of which likewise.
    static readonly string[] Plain = [.. Enumerable.Range(1, 9).Select(i => $"The attic got colder, number {i}"), "Nobody can see a thing"];

    static readonly TrainingCorpus Corpus = TestCorpus.Read(TestCorpus.File(TestCorpus.Tool.Replace(
        "\"phrasings\":[", $"\"requests\":[{string.Join(',', Plain.Select(text => $"\"{text}\""))}],\"phrasings\":[{Phrasings}", StringComparison.Ordinal)));

    const string Phrasings = """{"text":"to {level}"},{"text":"up to {level}"},{"text":"down to {level}"},{"text":"set {level}"},""";

    static readonly SynthesisOptions Still = new()
    {
        LowerCase = 0,
        Punctuate = 0,
        Typos = 0,
        Fillers = 0,
        Politeness = 0,
    };

    [Fact]
    public void Requests_stand_as_they_are_and_are_as_likely_as_phrasings()
    {
        var queries = Queries(Still);

        Assert.Equal(Plain[..9].Order(), queries.Where(q => q.StartsWith("The attic", StringComparison.Ordinal)).Distinct().Order());
        Assert.InRange(queries.Count(q => q.StartsWith("The attic", StringComparison.Ordinal)) / (double)queries.Count, 0.42, 0.58); // 9 of 18
        Assert.DoesNotContain(Plain[9], queries);
    }

    [Fact]
    public void The_first_requests_alone_may_be_taken()
    {
        var queries = Queries(Still with { MostRequests = 3 });

        Assert.Equal(Plain[..3].Order(), queries.Where(q => q.StartsWith("The attic", StringComparison.Ordinal)).Distinct().Order());
    }

    [Fact]
    public void Every_tenth_request_is_held_out()
    {
        var synthesiser = new ExampleSynthesiser(Corpus, Still with { HeldOut = true }, 1);

        var queries = Enumerable.Range(0, 60).SelectMany(i => synthesiser.CreateRequests(i, 1).Queries).ToList();
        Assert.Contains(Plain[9], queries);
        Assert.DoesNotContain(queries, Plain[..9].Contains);
    }

    [Fact]
    public void A_request_is_no_example_of_a_call()
    {
        var examples = new ExampleSynthesiser(Corpus, Still, 1).Stream().Take(500);

        Assert.DoesNotContain(examples, e => Plain.Any(text => e.Query.Contains(text, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void Joined_requests_ask_for_more_than_one_thing()
    {
        var queries = Queries(Still with { JoinedRequests = 1 });

        // 9 of 18 ways to ask are of the attic, so a quarter of the pairs.
        Assert.InRange(queries.Count(q => q.Split("attic").Length == 3) / (double)queries.Count, 0.19, 0.31);
        Assert.DoesNotContain(Queries(Still), q => q.Split("attic").Length == 3);
    }

    [Fact]
    public void Misspelt_requests_spare_no_value()
    {
        var plain = Queries(Still);
        var misspelt = Queries(Still with { MisspeltRequests = 1 });

        Assert.Contains(plain, q => q.Contains("Mind the Gap", StringComparison.Ordinal));
        Assert.DoesNotContain(misspelt, q => q.Contains("Mind the Gap", StringComparison.Ordinal));
        Assert.All(misspelt, q => Assert.DoesNotContain(q, char.IsAsciiLetterUpper));
    }

    static List<string> Queries(SynthesisOptions options)
    {
        var synthesiser = new ExampleSynthesiser(Corpus, options, 1);
        return [.. Enumerable.Range(0, 400).SelectMany(i => synthesiser.CreateRequests(i, 2).Queries)];
    }
}
