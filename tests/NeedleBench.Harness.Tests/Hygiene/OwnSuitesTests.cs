using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Tests.Hygiene;

public class OwnSuitesTests
{
    [Fact]
    public void Our_suites_are_sound_and_keep_clear_of_our_training_corpus()
    {
        var suites = SuiteCatalog.Load(RepositoryFiles.InRepository("suites"), []);
        Assert.Empty(SuiteValidator.Validate(suites, RepositoryFiles.InRepository("src/NeedleBench.Training/Corpus")));
    }
}
