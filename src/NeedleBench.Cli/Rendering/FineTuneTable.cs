using System.Globalization;
using NeedleBench.Training.FineTuning;
using Spectre.Console;

namespace NeedleBench.Cli.Rendering;

/// <summary>Base against tuned model on the test split, as a table: a row for each tool where they are few, and one for all.</summary>
static class FineTuneTable
{
    const int MostRows = 20;

    public static Table Of(FineTuneResult result)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("Tool", "Test examples", "Exact, base", "Exact, tuned", "Call F1 %, base", "Call F1 %, tuned", "Readable, base", "Readable, tuned");
        foreach (var column in table.Columns.Skip(1))
        {
            column.RightAligned();
        }

        if (result.Groups.Count is > 1 and <= MostRows)
        {
            foreach (var group in result.Groups)
            {
                Add(table, group);
            }
        }

        Add(table, new GroupScore("all", result.Base, result.Tuned));
        return table;
    }

    static void Add(Table table, GroupScore row) => table.AddRow(
        Markup.Escape(row.Name),
        row.Base.Examples.ToString(CultureInfo.InvariantCulture),
        Share(row.Base.Exact, row.Base.ExactMatch),
        Share(row.Tuned.Exact, row.Tuned.ExactMatch),
        F1(row.Base),
        F1(row.Tuned),
        Share(row.Base.Parsed, row.Base.ParseRate),
        Share(row.Tuned.Parsed, row.Tuned.ParseRate));

    // F1 is about calls: it says nothing where none was expected and none made.
    static string F1(CallScore score) =>
        score.Expected + score.Predicted == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{score.CallF1 * 100:F1}");

    static string Share(int count, double share) => string.Create(CultureInfo.InvariantCulture, $"{count} ({share * 100:F1} %)");
}
