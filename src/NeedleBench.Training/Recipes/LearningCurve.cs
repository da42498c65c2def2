using System.Globalization;
using System.Text;
using NeedleBench.Training.Trainer;

namespace NeedleBench.Training.Recipes;

/// <summary>
/// A run's log as a picture (SVG): the loss over the steps, as it was and smoothed, on a logarithmic scale; below it exact
/// match, a point an evaluation.
/// </summary>
public static class LearningCurve
{
    const double Width = 760;
    const double Left = 64;
    const double Right = Width - 24;
    const int MostPoints = 1000;

    /// <summary>Draws a log.</summary>
    /// <param name="title">Stands above.</param>
    /// <param name="steps">In their order; those without a loss above 0 are left out of the curve.</param>
    /// <param name="evaluations">Likewise.</param>
    public static string Svg(string title, IReadOnlyList<StepReport> steps, IReadOnlyList<EvaluationReport> evaluations)
    {
        var losses = steps.Where(s => s.Loss > 0).Select(s => (Step: s.Step + 1, s.Loss)).ToList();
        var last = Math.Max(1, Math.Max(steps.Count == 0 ? 0 : steps[^1].Step + 1, evaluations.Count == 0 ? 0 : evaluations[^1].EvaluatedAfter));
        var across = new ChartScale(0, last, Left, Right);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="520" viewBox="0 0 {Width} 520" font-family="sans-serif" font-size="12" fill="#333">
            <title>{Escaped(title)}: learning curve</title>
            <rect width="{Width}" height="520" fill="#fff"/>
            <text x="{Left}" y="24" font-size="15">{Escaped(title)}</text>

            """);
        Loss(text, across, losses);
        ExactMatch(text, across, evaluations);
        return text.Append("</svg>\n").ToString();
    }

    static void Loss(StringBuilder text, ChartScale across, List<(int Step, double Loss)> losses)
    {
        // From the round number below the least loss to the one above the largest; of a run without any, a scale that is empty.
        var (low, high) = losses.Count == 0 ? (0.1, 1.0) : (losses.Min(l => l.Loss), losses.Max(l => l.Loss));
        var round = Enumerable.Range((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high / low)) + 2)
            .SelectMany(decade => ((double[])[1, 2, 5]).Select(m => m * Math.Pow(10, decade))).ToList();
        var ticks = round.Skip(round.FindLastIndex(t => t <= low)).ToList();
        ticks = [.. ticks.Take(Math.Max(2, ticks.FindIndex(t => t >= high) + 1))];
        var up = new ChartScale(Math.Log10(ticks[0]), Math.Log10(ticks[^1]), 280, 56);
        Panel(text, "loss, nats a token", across, up, ticks.Select(t => (Math.Log10(t), t.ToString("0.#######", CultureInfo.InvariantCulture))));
        if (losses.Count == 0)
        {
            return;
        }

        // Exponential mean over a fiftieth of the run, corrected at its beginning.
        var keep = 1 - (1.0 / Math.Max(1, losses.Count / 50.0));
        var (mean, weight) = (0.0, 0.0);
        var smooth = new List<(int Step, double Loss)>(losses.Count);
        foreach (var (step, loss) in losses)
        {
            (mean, weight) = ((keep * mean) + ((1 - keep) * loss), (keep * weight) + 1 - keep);
            smooth.Add((step, mean / weight));
        }

        Line(text, "loss", "#b8cbe0", 1, losses);
        Line(text, "smoothed", "#1f5f9f", 2, smooth);

        // Each stretch of a long run keeps its least and its largest: thinned out, the curve still reaches its extremes.
        void Line(StringBuilder into, string name, string colour, int width, List<(int Step, double Loss)> points)
        {
            var thinned = points.Count <= MostPoints
                ? points
                : points.Chunk((int)Math.Ceiling(points.Count * 2.0 / MostPoints))
                    .SelectMany(c => new[] { c.MinBy(p => p.Loss), c.MaxBy(p => p.Loss) }.Distinct().OrderBy(p => p.Step));
            var path = string.Join(' ', thinned.Select(p => Point(across.At(p.Step), up.At(Math.Log10(p.Loss)))));
            into.Append(CultureInfo.InvariantCulture, $"""
                <polyline class="{name}" fill="none" stroke="{colour}" stroke-width="{width}" points="{path}"/>

                """);
        }
    }

    static void ExactMatch(StringBuilder text, ChartScale across, IReadOnlyList<EvaluationReport> evaluations)
    {
        var up = new ChartScale(0, 100, 480, 336);
        var heading = evaluations.Any(e => e.Result.Requests > 0)
            ? "exact match on evaluation examples (red), and requests whose tool the retrieval head finds in five of a hundred (green), %"
            : "exact match on evaluation examples, %";
        Panel(text, heading, across, up, Enumerable.Range(0, 5).Select(i => (25.0 * i, $"{25 * i}")));
        foreach (var (after, result) in evaluations)
        {
            if (result.Requests > 0)
            {
                Dot("retrieval", after, result.RecallAtFive * 100, "#4c8f5a", $"right tool among the first five of a hundred, {result.Retrieved} of {result.Requests}");
            }

            if (result.Examples > 0)
            {
                Dot("evaluation", after, result.ExactMatch * 100, "#b3541e", $"{result.Exact} of {result.Examples}");
            }
        }

        void Dot(string name, int after, double percent, string colour, string what) => text.Append(CultureInfo.InvariantCulture, $"""
            <circle class="{name}" cx="{across.At(after):0.##}" cy="{up.At(percent):0.##}" r="4" fill="{colour}"><title>{percent:0.0} % after {after} steps: {what}</title></circle>

            """);
    }

    static void Panel(StringBuilder text, string name, ChartScale across, ChartScale up, IEnumerable<(double Value, string Label)> ticks)
    {
        text.Append(CultureInfo.InvariantCulture, $"""
            <text x="{Left}" y="{up.End - 10:0.##}" fill="#666">{name}</text>

            """);
        foreach (var (value, label) in ticks)
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                <path d="M{Left} {up.At(value):0.##}H{Right}" stroke="#e4e4e4"/><text x="{Left - 8}" y="{up.At(value) + 4:0.##}" text-anchor="end">{label}</text>

                """);
        }

        foreach (var step in across.Ticks(6))
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                <path d="M{across.At(step):0.##} {up.Start}v5" stroke="#888"/><text x="{across.At(step):0.##}" y="{up.Start + 20:0.##}" text-anchor="middle">{step:0}</text>

                """);
        }

        text.Append(CultureInfo.InvariantCulture, $"""
            <path d="M{Left} {up.Start}H{Right}" stroke="#888"/><text x="{Right}" y="{up.Start + 34:0.##}" text-anchor="end" fill="#666">steps</text>

            """);
    }

    static string Point(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"{x:0.##},{y:0.##}");

    static string Escaped(string text) => System.Security.SecurityElement.Escape(text);
}
