using NeedleBench.Training.TeacherSynthesis;

namespace NeedleBench.Training.Tests.TeacherSynthesis;

public class ExampleCellsTests
{
    [Theory]
    [InlineData(5, 8, 500)]
    [InlineData(8, 8, 20)]
    [InlineData(12, 8, 24)]
    [InlineData(1, 8, 3)]
    [InlineData(3, 8, 7)]
    public void Examples_are_spread_evenly_over_tools_and_styles(int toolCount, int styleCount, int count)
    {
        var tools = Enumerable.Range(0, toolCount).Select(i => new ToolDefinition($"t{i}", "", default)).ToList();
        var styles = TeacherStyle.All.Take(styleCount).ToList();
        var cells = new ExampleCells(tools, styles, count);
        var taken = new List<(string Tool, string Style)>();
        while (cells.Next() is var (tool, style))
        {
            Assert.True(taken.Count < count);
            taken.Add((tool.Name, style.Name));
            cells.Count(tool.Name, style.Name);
        }

        Assert.Equal(count, taken.Count);
        AssertEven(tools.SelectMany(_ => styles, (t, s) => taken.Count(c => c == (t.Name, s.Name))), 1);
        AssertEven(tools.Select(t => taken.Count(c => c.Tool == t.Name)), 1);
        AssertEven(styles.Select(s => taken.Count(c => c.Style == s.Name)), 1);
    }

    static void AssertEven(IEnumerable<int> counts, int spread)
    {
        var all = counts.ToList();
        Assert.InRange(all.Max() - all.Min(), 0, spread);
    }
}
