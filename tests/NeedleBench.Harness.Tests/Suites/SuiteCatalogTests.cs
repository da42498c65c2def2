using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Tests.Suites;

public sealed class SuiteCatalogTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public SuiteCatalogTests()
    {
        foreach (var name in new[] { "weather", "Travel", "media" })
        {
            SuiteFiles.Write(_folder.Path, name, SuiteFiles.Alarm($"{name}/001"));
        }

        Directory.CreateDirectory(_folder.File("notes"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Loads_all_in_ordinal_order_where_none_is_named() =>
        Assert.Equal(["Travel", "media", "weather"], SuiteCatalog.Load(_folder.Path, []).Select(suite => suite.Name));

    [Fact]
    public void Loads_the_named_ones_once_in_ordinal_order() =>
        Assert.Equal(["media", "weather"], SuiteCatalog.Load(_folder.Path, ["weather", "media", "weather"]).Select(suite => suite.Name));

    [Theory]
    [InlineData("wether")]
    [InlineData("notes")]
    [InlineData("../media")]
    public void Lists_the_known_ones_for_an_unknown_name(string name)
    {
        var error = Assert.Throws<InputException>(() => SuiteCatalog.Load(_folder.Path, ["media", name]));
        Assert.Contains($"'{name}'", error.Problem, StringComparison.Ordinal);
        Assert.Contains("Travel, media, weather", error.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_root_without_suites_or_that_is_not_there()
    {
        Assert.Throws<InputException>(() => SuiteCatalog.Load(_folder.File("notes"), []));
        Assert.Throws<InputException>(() => SuiteCatalog.Load(_folder.File("nowhere"), []));
    }
}
