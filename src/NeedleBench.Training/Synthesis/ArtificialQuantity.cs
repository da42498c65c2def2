using System.Globalization;

namespace NeedleBench.Training.Synthesis;

/// <summary>Numbers that people say in other units than a tool counts in: hours of the clock, lengths of time, shares.</summary>
static class ArtificialQuantity
{
    static readonly (string Say, int Value)[] Shares =
    [
        ("half", 50), ("a half", 50), ("a quarter", 25), ("three quarters", 75), ("a third", 33), ("two thirds", 66), ("a tenth", 10), ("a fifth", 20),
        ("full", 100), ("all the way", 100), ("nothing", 0), ("zero", 0),
    ];

    static readonly (string Say, int Value)[] Lengths =
    [
        ("half an hour", 30), ("a quarter of an hour", 15), ("three quarters of an hour", 45), ("an hour", 60), ("one hour", 60), ("an hour and a half", 90),
        ("an hour and a quarter", 75), ("a minute", 1), ("a couple of hours", 120), ("two and a half hours", 150), ("a full day", 1440),
    ];

    /// <summary>What is said, and the number that is meant.</summary>
    public static (string Say, int Value) Make(ArtificialKind kind, SeededRandom random) => kind switch
    {
        ArtificialKind.Hour => Hour(random.Below(24), random),
        ArtificialKind.Minutes => Length(random),
        _ => random.Chance(0.4) ? random.Pick(Shares) : Percent(random.Below(101), random),
    };

    static (string Say, int Value) Hour(int hour, SeededRandom random)
    {
        var twelve = hour % 12 == 0 ? 12 : hour % 12;
        var number = random.Chance(0.3) ? ArtificialWords.NumberWords[twelve] : twelve.ToString(CultureInfo.InvariantCulture);
        var part = hour switch { < 4 => "at night", < 12 => "in the morning", < 17 => "in the afternoon", < 21 => "in the evening", _ => "at night" };
        var say = random.Below(7) switch
        {
            0 when hour is 0 or 12 => hour == 0 ? "midnight" : "noon",
            0 or 1 => $"{twelve}{(hour < 12 ? "am" : "pm")}",
            2 => $"{number} {(hour < 12 ? "am" : "pm")}",
            3 => string.Create(CultureInfo.InvariantCulture, $"{hour}:00"),
            4 => string.Create(CultureInfo.InvariantCulture, $"{hour:00}:00"),
            5 when hour > 12 => string.Create(CultureInfo.InvariantCulture, $"{hour} hours"),
            5 => $"{number} o'clock {part}",
            _ => $"{number} {part}",
        };
        return (say, hour);
    }

    static (string Say, int Value) Length(SeededRandom random)
    {
        if (random.Chance(0.4))
        {
            return random.Pick(Lengths);
        }

        var count = 1 + random.Below(random.Chance(0.5) ? 12 : 90);
        return random.Chance(0.4) && count is > 1 and <= 12
            ? ($"{(random.Chance(0.5) ? ArtificialWords.NumberWords[count] : count.ToString(CultureInfo.InvariantCulture))} hours", count * 60)
            : ($"{count} {(random.Chance(0.5) ? "minutes" : "min")}", count);
    }

    static (string Say, int Value) Percent(int share, SeededRandom random) =>
        (string.Create(CultureInfo.InvariantCulture, $"{share}{random.Pick([" percent", "%", " per cent"])}"), share);
}
