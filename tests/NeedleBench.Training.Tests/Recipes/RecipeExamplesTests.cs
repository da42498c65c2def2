using NeedleBench.Tokenizers;
using NeedleBench.Training.Recipes;
using NeedleBench.Training.Synthesis;
using NeedleBench.Training.Tests.Shards;
using NeedleBench.Training.Tests.Synthesis;

namespace NeedleBench.Training.Tests.Recipes;

public class RecipeExamplesTests
{
    static readonly RetrievalLessons Lessons = new(Steps: 3, Requests: 48, RequestsBeside: 8, RequestsATool: 4, Domains: 2);

    static readonly TrainingRecipe Recipe = ExportRecipe.Create() with { Categories = [], RetrievalLessons = Lessons };

    static readonly ExampleTokens Tokens = new(SentencePieceTokenizer.Load(ExportRecipe.Tokenizer), new TokenRoleWeights());

    static readonly RecipeExamples Examples = new(Recipe, TestCorpus.Repository);

    [Fact]
    public void The_first_steps_teach_the_retrieval_head_alone_in_few_domains_and_with_several_requests_a_tool()
    {
        var batch = Examples.Batch(2, Tokens);

        Assert.Equal(48, batch.Count);
        Assert.All(batch, e => Assert.Empty(e.Targets));
        Assert.All(batch.Chunk(4), four => Assert.Single(four.Select(e => e.Pair!.Tool).Distinct()));
        var domains = batch.Select(e => DomainOf(e.Pair!.Identity!.Value)).Distinct().Count();
        Assert.InRange(domains, 1, 2);
    }

    [Fact]
    public void Lessons_that_begin_later_leave_the_first_steps_to_the_decoder_and_come_back_to_it()
    {
        var examples = new RecipeExamples(Recipe with { RetrievalLessons = Lessons with { From = 2, Steps = 4, ExamplesEvery = 3 } }, TestCorpus.Repository);

        // Steps 2, 3 and 5 teach requests alone, step 4 is as those from 6 on.
        Assert.Equal([0, 0, 48, 48, 8, 48, 8], Enumerable.Range(0, 7).Select(step => examples.Batch(step, Tokens).Count(e => e.Targets.Length == 0 && e.Pair is not null)));
        Assert.Equal([0, 1, 4, 6], Enumerable.Range(0, 7).Where(step => examples.Batch(step, Tokens).Any(e => e.Targets.Length > 0)));
        Assert.DoesNotContain(examples.Batch(1, Tokens), e => e.Pair is not null);
    }

    [Fact]
    public void Later_steps_teach_requests_beside_the_decoders_examples_whose_own_stay_out()
    {
        var batch = Examples.Batch(3, Tokens);

        Assert.Equal(8, batch.Count(e => e.Targets.Length == 0 && e.Pair is not null));
        Assert.All(batch.Where(e => e.Targets.Length > 0), e => Assert.Null(e.Pair));
        Assert.InRange(batch.Count, 16, 8 + Recipe.BatchSize);
    }

    [Fact]
    public void A_step_has_the_same_requests_at_each_reading_and_no_other_step_has_them()
    {
        Assert.Equal(Shown(1), Shown(1));
        Assert.NotEqual(Shown(1), Shown(2));

        static IEnumerable<string> Shown(int step) =>
            Examples.Batch(step, Tokens).Select(e => string.Join(',', e.Pair!.Query.Concat(e.Pair.Tool)));
    }

    [Fact]
    public void Dropped_merges_spell_requests_in_other_pieces_and_leave_tools_alone()
    {
        var tokenizer = SentencePieceTokenizer.Load(ExportRecipe.Tokenizer);
        var plain = Examples.Batch(1, Tokens);
        var dropped = new RecipeExamples(Recipe with { RetrievalLessons = Lessons with { MergeDropout = 0.3 } }, TestCorpus.Repository).Batch(1, Tokens);

        Assert.Equal(plain.Select(e => tokenizer.Decode(e.Pair!.Query)), dropped.Select(e => tokenizer.Decode(e.Pair!.Query)));
        Assert.Equal(plain.Select(e => e.Pair!.Tool), dropped.Select(e => e.Pair!.Tool));
        Assert.True(dropped.Sum(e => e.Pair!.Query.Length) > 1.2 * plain.Sum(e => e.Pair!.Query.Length));
    }

    [Fact]
    public void Requests_of_evaluation_are_of_phrasings_that_training_never_asks()
    {
        // Phrasings without a placeholder stand in a request as they are, but for noise; enough do to tell. A short one may be held
        // out of one tool's and stand among another's.
        var phrasings = TestCorpus.Repository.Categories.SelectMany(c => c.Tools).SelectMany(t => t.Phrasings.Index()).ToList();
        var known = phrasings.Where(p => p.Index % 10 == 9).Select(p => p.Item.Text).Where(t => !t.Contains('{'))
            .Except(phrasings.Where(p => p.Index % 10 != 9).Select(p => p.Item.Text)).ToHashSet();
        var heldOutRequests = Examples.HeldOut();
        var trained = Enumerable.Range(0, 4000).SelectMany(i => Examples.Training(0).CreateRequests(i, 2).Queries);
        var heldOut = Enumerable.Range(0, 4000).SelectMany(i => heldOutRequests.CreateRequests(i, 1).Queries).ToList();

        Assert.DoesNotContain(trained, known.Contains);
        Assert.Contains(heldOut, known.Contains);
    }

    [Theory]
    [InlineData(4, 1, 0)]
    [InlineData(41, 48, 0)]
    [InlineData(4, 48, 1.5)]
    public void A_recipe_whose_lessons_cannot_be_given_is_refused(int steps, int requests, double share)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("r.json"), (Recipe with { RetrievalLessons = Lessons with { Steps = steps, Requests = requests, Misspelt = share } }).ToJson());

        var error = Assert.Throws<InputException>(() => TrainingRecipe.Read(folder.File("r.json")));
        Assert.Contains("lessons of the retrieval head", error.Message, StringComparison.Ordinal);
    }

    // Tools are numbered through the categories.
    static string DomainOf(int tool)
    {
        foreach (var category in TestCorpus.Repository.Categories)
        {
            if (tool < category.Tools.Count)
            {
                return category.Name;
            }

            tool -= category.Tools.Count;
        }

        throw new ArgumentOutOfRangeException(nameof(tool));
    }
}
