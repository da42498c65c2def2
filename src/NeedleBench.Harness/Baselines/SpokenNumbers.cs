using System.Globalization;

namespace NeedleBench.Harness.Baselines;

/// <summary>The numbers in a query, in digits or in English words up to the thousands.</summary>
static class SpokenNumbers
{
    static readonly Dictionary<string, decimal> Units = Table(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 0, 1);

    static readonly Dictionary<string, decimal> Tens = Table("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10);

    public static IEnumerable<decimal> In(QueryWords query)
    {
        decimal? open = null; // a number in words that may go on: "two" … "hundred" … "and fifty"
        foreach (var word in query.Words)
        {
            var text = word.Text.ToLowerInvariant();
            if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var digits))
            {
                if (open is { } before)
                {
                    yield return before;
                }

                open = null;
                yield return digits;
            }
            else if (Units.TryGetValue(text, out var unit))
            {
                if (open is { } before && before % 10 != 0)
                {
                    yield return before;
                    open = null;
                }

                open = (open ?? 0) + unit;
            }
            else if (Tens.TryGetValue(text, out var ten))
            {
                if (open is { } before && before % 100 != 0)
                {
                    yield return before;
                    open = null;
                }

                open = (open ?? 0) + ten;
            }
            else if (text is "hundred" or "thousand")
            {
                open = (open ?? 1) * (text == "hundred" ? 100 : 1000);
            }
            else if (open is { } whole && text != "and")
            {
                open = null;
                yield return whole;
            }
        }

        if (open is { } last)
        {
            yield return last;
        }
    }

    static Dictionary<string, decimal> Table(string words, int first, int step) =>
        words.Split(' ').Select((word, i) => (word, Value: (decimal)(first + (i * step)))).ToDictionary(p => p.word, p => p.Value);
}
