using System.Xml.Linq;

namespace NeedleBench.EndToEnd.Tests;

/// <summary>Keeps the picture of the rooms true: which project may reference which.</summary>
public class ReferenceRulesTests
{
    static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Abstractions"] = [],
        ["Tokenizers"] = [],
        ["San"] = ["Abstractions", "Tokenizers"],
        ["Onnx"] = ["Abstractions", "Tokenizers", "San"],
        ["Remote"] = ["Abstractions"],
        ["Training"] = ["Abstractions", "Tokenizers", "San"],
        ["Harness"] = ["Abstractions"],
        ["Reports"] = ["Harness"],
        ["Playground"] = ["Abstractions", "Harness"],
        ["Cli"] = ["Abstractions", "Tokenizers", "San", "Onnx", "Remote", "Training", "Harness", "Reports", "Playground"],
        ["Benchmarks"] = ["San", "Onnx", "Tokenizers", "Harness", "Training"],
    };

    [Fact]
    public void Projects_reference_only_what_the_design_allows()
    {
        var projects = Directory.EnumerateFiles(RepositoryFiles.InRepository("src"), "*.csproj", SearchOption.AllDirectories).ToList();

        Assert.NotEmpty(projects);
        foreach (var project in projects)
        {
            var name = ShortName(project);
            Assert.True(Allowed.ContainsKey(name), $"{name} stands in no row of the reference table");
            Assert.Empty(References(project).Except(Allowed[name]));
        }
    }

    [Fact]
    public void Every_project_but_the_benchmarks_has_tests_of_its_own_and_the_solution_holds_all()
    {
        var solution = File.ReadAllText(RepositoryFiles.InRepository("NeedleBench.sln"));
        foreach (var project in Directory.EnumerateFiles(RepositoryFiles.InRepository("src"), "*.csproj", SearchOption.AllDirectories))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            Assert.Contains($"{name}.csproj", solution, StringComparison.Ordinal);
            if (name != "NeedleBench.Benchmarks")
            {
                Assert.True(File.Exists(RepositoryFiles.InRepository($"tests/{name}.Tests/{name}.Tests.csproj")), $"{name} has no tests");
                Assert.Contains($"{name}.Tests.csproj", solution, StringComparison.Ordinal);
            }
        }
    }

    static IEnumerable<string> References(string project) =>
        XDocument.Load(project).Descendants("ProjectReference").Select(r => ShortName(r.Attribute("Include")!.Value.Replace('\\', '/')));

    static string ShortName(string project) => Path.GetFileNameWithoutExtension(project).Replace("NeedleBench.", "", StringComparison.Ordinal);
}
