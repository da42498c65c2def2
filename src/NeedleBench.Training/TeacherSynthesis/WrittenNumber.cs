using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NeedleBench.Training.TeacherSynthesis;

/// <summary>A number that a text writes in digits.</summary>
/// <param name="Start">Where its digits begin.</param>
/// <param name="End">Behind its last digit.</param>
/// <param name="Values">
/// What it may mean: <c>1,500</c> is 1500, or 1.5 where the comma is decimal; <c>12.05.2024</c> is 12, 5 or 2024.
/// </param>
sealed partial record WrittenNumber(int Start, int End, IReadOnlyList<double> Values)
{
    /// <summary>
    /// The numbers of <paramref name="text"/>. Digits behind a Latin letter are part of a name (<c>mp3</c>). A sign counts
    /// where it joins nothing (<c>-5</c>, not <c>5-10</c>), and so do the words "minus" and "negative".
    /// </summary>
    public static IReadOnlyList<WrittenNumber> Find(string text) =>
        [.. Digits().Matches(text).Select(match => new WrittenNumber(
            match.Groups["number"].Index, match.Index + match.Length,
            [.. Read(Ascii(match.Groups["number"].Value)).Select(value => match.Groups["sign"].Success ? -value : value)]))];

    static IEnumerable<double> Read(string digits)
    {
        var parts = digits.Split('.', ',');
        if (parts.Length == 1)
        {
            return [Parse(digits)];
        }

        var values = new List<double>();
        var last = digits.LastIndexOfAny(['.', ',']);
        var separators = digits.Where(c => c is '.' or ',').ToList();

        // Decimal: one separator, or a last one that differs from those before it, which part thousands.
        if (parts.Length == 2 || (separators[..^1].Distinct().Count() == 1 && separators[^1] != separators[0] && IsGrouped(parts[..^1])))
        {
            values.Add(Parse($"{digits[..last].Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal)}.{parts[^1]}"));
        }

        if (separators.Distinct().Count() == 1 && IsGrouped(parts))
        {
            values.Add(Parse(string.Concat(parts)));
        }

        // A date, a version, a list without spaces.
        return parts.Length > 2 ? values.Concat(parts.Select(Parse)) : values;
    }

    static bool IsGrouped(string[] parts) => parts[0].Length is >= 1 and <= 3 && parts.Skip(1).All(part => part.Length == 3);

    static double Parse(string digits) => double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);

    static string Ascii(string digits)
    {
        var text = new StringBuilder(digits.Length);
        foreach (var c in digits)
        {
            text.Append(char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : c);
        }

        return text.ToString();
    }

    [GeneratedRegex(@"(?:(?<sign>(?<![\p{L}\p{Nd}])[-\u2212]|\b(?:minus|negative)\s+)|(?<![A-Za-z\p{Nd}]))(?<number>\p{Nd}+(?:[.,]\p{Nd}+)*)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
