using NeedleBench.Remote.Downloads;

namespace NeedleBench.Remote.Tests.Downloads;

public sealed class DownloadCatalogueTests : IDisposable
{
    const string Entry =
        """
        {"name":"m","repository":"o/m","revision":"main","licence":{"name":"MIT","address":"https://x"},"scheme":"onnx","dialect":null,
         "defaultPrecision":"q4","files":[],"precisions":{"q4":[{"path":"a.onnx"}]}}
        """;

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_built_in_catalogue_has_the_compared_models_each_with_licence_and_default()
    {
        var catalogue = DownloadCatalogue.BuiltIn();

        Assert.Equal("https://huggingface.co/", catalogue.BaseAddress.AbsoluteUri);
        Assert.Equal(
            ["functiongemma-270m", "qwen3-0.6b", "granite-4.0-350m", "granite-4.0-h-350m", "lfm2-350m", "lfm2.5-350m", "needle", "needle-onnx"],
            catalogue.Models.Select(m => m.Name));
        Assert.All(catalogue.Models, m => Assert.StartsWith("https://", m.Licence.Address, StringComparison.Ordinal));
        Assert.All(catalogue.Models, m => Assert.NotEmpty(m.FilesOf(m.DefaultPrecision)));
        Assert.Equal("LFM Open License v1.0", catalogue.Find("LFM2-350m").Licence.Name);
        Assert.Equal("onnx:/f?dialect=hermes", catalogue.Find("qwen3-0.6b").SpecOf("/f"));
        Assert.Equal("san:/f", catalogue.Find("needle").SpecOf("/f"));
        Assert.Null(catalogue.Find("qwen3-0.6b").SizeOf("q4"));
    }

    [Fact]
    public void Every_external_data_file_stands_beside_the_graph_that_names_it()
    {
        foreach (var model in DownloadCatalogue.BuiltIn().Models)
        {
            foreach (var files in model.Precisions.Values)
            {
                var graphs = files.Where(f => f.Path.EndsWith(".onnx", StringComparison.Ordinal)).Select(f => f.Path).ToList();
                Assert.All(files.Where(f => f.Path.Contains(".onnx_data", StringComparison.Ordinal)), f => Assert.Contains(f.Path[..(f.Path.IndexOf(".onnx_data", StringComparison.Ordinal) + 5)], graphs));
            }
        }
    }

    [Theory]
    [InlineData("../a.onnx")]
    [InlineData("x/../../a.onnx")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/a.onnx")]
    [InlineData("..\\a.onnx")]
    [InlineData("x//a.onnx")]
    [InlineData("./a.onnx")]
    [InlineData("")]
    [InlineData("%2e%2e/a.onnx")]
    [InlineData("a.onnx?x=1")]
    [InlineData(".hidden")]
    [InlineData("needlebench-lock.json")]
    [InlineData("a.part")]
    public void A_path_that_leaves_the_folder_or_is_the_pulls_own_is_refused(string path)
    {
        var e = Assert.Throws<InputException>(() => Load(Entry.Replace("a.onnx", path.Replace("\\", "\\\\", StringComparison.Ordinal), StringComparison.Ordinal)));

        Assert.Contains($"file path '{path}'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"name\":\"m\"", "\"name\":\"../m\"", "name")]
    [InlineData("o/m", "o/..", "repository")]
    [InlineData("o/m", "https://x/y", "repository")]
    [InlineData("\"main\"", "\"../..\"", "revision")]
    [InlineData("{\"q4\":", "{\"../q4\":", "defaultPrecision")]
    [InlineData("{\"path\":\"a.onnx\"}", "{\"path\":\"a.onnx\",\"sha256\":\"abc\"}", "sha256")]
    [InlineData("{\"path\":\"a.onnx\"}", "{\"path\":\"a.onnx\",\"size\":-1}", "size")]
    [InlineData("{\"path\":\"a.onnx\"}", "{\"path\":\"a.onnx\"},{\"path\":\"A.onnx\"}", "file path")]
    [InlineData("{\"path\":\"a.onnx\"}", "{\"path\":\"a.onnx\",\"sha265\":null}", "sha265")]
    [InlineData("[{\"path\":\"a.onnx\"}]", "null", "null")]
    [InlineData("{\"path\":\"a.onnx\"}", "null", "null")]
    [InlineData("{\"path\":\"a.onnx\"}", "{\"path\":null}", "path")]
    public void A_catalogue_with_a_fault_is_refused_with_the_place(string from, string to, string named)
    {
        var e = Assert.Throws<InputException>(() => Load(Entry.Replace(from, to, StringComparison.Ordinal)));

        Assert.Contains(named, e.Message, StringComparison.Ordinal);
        Assert.Equal(_folder.File("c.json"), e.File);
    }

    [Fact]
    public void Broken_JSON_is_named_with_its_line_and_a_base_address_must_be_one()
    {
        Assert.Equal(2, Assert.Throws<InputException>(() => Load("{\n,")).Line);
        Assert.Throws<InputException>(() => Load(Entry, "ftp://x"));
        Assert.Throws<InputException>(() => Load(Entry, "https://user:secret@x"));
        Assert.Single(Load(Entry).Models);
        Assert.Throws<InputException>(() => DownloadCatalogue.Load(_folder.File("none.json")));
    }

    [Fact]
    public void An_unknown_name_or_precision_lists_the_known_ones()
    {
        var catalogue = Load(Entry);

        Assert.Contains("It has: m.", Assert.Throws<InputException>(() => catalogue.Find("x")).Message, StringComparison.Ordinal);
        Assert.Contains("It has: q4.", Assert.Throws<InputException>(() => catalogue.Find("M").FilesOf("q8")).Message, StringComparison.Ordinal);
    }

    DownloadCatalogue Load(string models, string address = "https://x")
    {
        var text = models.StartsWith("{\"name\"", StringComparison.Ordinal) ? $$"""{"base":"{{address}}","models":[{{models}}]}""" : models;
        File.WriteAllText(_folder.File("c.json"), text);
        return DownloadCatalogue.Load(_folder.File("c.json"));
    }
}
