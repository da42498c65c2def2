using System.Globalization;
using System.Xml.Linq;
using NeedleBench.Training.Recipes;
using NeedleBench.Training.Trainer;

namespace NeedleBench.Training.Tests.Recipes;

public class LearningCurveTests
{
    static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Theory]
    [InlineData(2)]
    [InlineData(37)]
    [InlineData(40_000)]
    public void It_is_well_formed_and_every_extreme_stays_within_the_picture(int count)
    {
        // Falls over three decades, with a spike and a dip that thinning out must not lose.
        var steps = Enumerable.Range(0, count).Select(i => Step(i, i == count / 3 ? 90 : i == count / 2 ? 0.002 : 8 * Math.Pow(0.01, (double)i / count))).ToList();
        EvaluationReport[] evaluations = [new(Math.Max(1, count / 4), new HeldOutResult(200, 0, 100)), new(count, new HeldOutResult(200, 200, 200))];
        var picture = XDocument.Parse(LearningCurve.Svg("a < b & \"c\"", steps, evaluations)).Root!;

        Assert.Contains("a < b & \"c\"", picture.Value, StringComparison.Ordinal);
        var (width, height) = (Number(picture, "width"), Number(picture, "height"));
        var loss = Points(picture, "loss");
        Assert.All(loss.Concat(Points(picture, "smoothed")), p => Assert.True(p.X >= 0 && p.X <= width && p.Y >= 0 && p.Y <= height * 0.6, $"{p} is outside"));
        Assert.InRange(loss.Count, Math.Min(count, 100), 1100);

        // Ticks are the scale: one decade apart must look the same everywhere, and each extreme stands where its value says.
        var (one, ten) = (TickY(picture, "1"), TickY(picture, "10"));
        double ValueOf((double X, double Y) point) => Math.Pow(10, (one - point.Y) / (one - ten));
        Assert.Equal(steps.Max(s => s.Loss), loss.Max(ValueOf), steps.Max(s => s.Loss) * 0.01);
        Assert.Equal(steps.Min(s => s.Loss), loss.Min(ValueOf), steps.Min(s => s.Loss) * 0.01);
    }

    [Fact]
    public void Each_evaluation_is_a_point_at_its_step_and_percentage()
    {
        EvaluationReport[] evaluations = [new(100, new HeldOutResult(200, 0, 100)), new(200, new HeldOutResult(200, 100, 200)), new(400, new HeldOutResult(200, 200, 200))];
        var picture = XDocument.Parse(LearningCurve.Svg("x", [Step(0, 3), Step(399, 0.1)], evaluations)).Root!;

        var points = picture.Descendants(Svg + "circle").Select(c => (X: Number(c, "cx"), Y: Number(c, "cy"))).ToList();
        Assert.Equal(3, points.Count);
        Assert.Equal(points[1].X - points[0].X, (points[2].X - points[1].X) / 2, 0.1);
        Assert.Equal(TickX(picture, "400"), points[2].X, 0.1);
        Assert.Equal(points[0].Y - points[1].Y, points[1].Y - points[2].Y, 0.1);
        Assert.Equal(TickY(picture, "100"), points[2].Y, 0.1);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.3)]
    [InlineData(1000.0)]
    public void A_loss_that_never_changes_has_a_scale_all_the_same(double loss)
    {
        var picture = XDocument.Parse(LearningCurve.Svg("x", [Step(0, loss), Step(1, loss)], [])).Root!;

        Assert.All(Points(picture, "loss"), p => Assert.InRange(p.Y, 56, 280));
    }

    [Fact]
    public void A_log_without_steps_or_evaluations_is_an_empty_picture() =>
        Assert.Empty(XDocument.Parse(LearningCurve.Svg("x", [], [])).Descendants(Svg + "circle"));

    [Fact]
    public void Numbers_are_written_alike_in_every_culture()
    {
        string Draw() => LearningCurve.Svg("x", [Step(0, 3.25), Step(1, 0.125)], [new(2, new HeldOutResult(3, 1, 3))]);
        var (expected, before) = (Draw(), CultureInfo.CurrentCulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(expected, Draw());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    static StepReport Step(int step, double loss) => new(step, loss, 0.5, 0, 1, 1, 100, 0.1);

    static List<(double X, double Y)> Points(XElement picture, string name) =>
        [.. picture.Descendants(Svg + "polyline").Single(p => p.Attribute("class")!.Value == name).Attribute("points")!.Value.Split(' ').Select(p => p.Split(','))
            .Select(p => (double.Parse(p[0], CultureInfo.InvariantCulture), double.Parse(p[1], CultureInfo.InvariantCulture)))];

    // Labels stand 4 below their line.
    static double TickY(XElement picture, string label) =>
        Number(picture.Descendants(Svg + "text").First(t => t.Value == label && t.Attribute("text-anchor")?.Value == "end"), "y") - 4;

    static double TickX(XElement picture, string label) =>
        Number(picture.Descendants(Svg + "text").First(t => t.Value == label && t.Attribute("text-anchor")?.Value == "middle"), "x");

    static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
