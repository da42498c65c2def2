using System.Globalization;
using NeedleBench.Harness.Statistics;

namespace NeedleBench.Reports;

/// <summary>Figures as tables show them: fixed decimals, invariant culture, a dash where nothing was measured.</summary>
static class Figures
{
    public const string Nothing = "–";

    public static string Percent(double? rate) => rate is { } value ? Fixed(value * 100, 1) : Nothing;

    /// <summary><c>80.0 [49.0, 94.3]</c>.</summary>
    public static string PercentWithInterval(MetricResult metric) => metric is { Value: { } value, Interval: { } interval }
        ? $"{Percent(value)} [{Percent(interval.Low)}, {Percent(interval.High)}]"
        : Nothing;

    public static string Fixed(double? value, int decimals) => value is { } number
        ? number.ToString(decimals == 0 ? "F0" : $"F{decimals}", CultureInfo.InvariantCulture)
        : Nothing;

    /// <summary>Millions of bytes.</summary>
    public static string Megabytes(long? bytes) => bytes is { } count ? Fixed(count / 1e6, 1) : Nothing;

    /// <summary>A whole number, without separators.</summary>
    public static string Count(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    public static string ShortHash(string hash) => hash.Length == 0 ? "unknown" : hash[..Math.Min(12, hash.Length)];
}
