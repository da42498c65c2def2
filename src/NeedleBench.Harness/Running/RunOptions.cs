namespace NeedleBench.Harness.Running;

/// <summary>How much is asked, beside which models and which suites.</summary>
public readonly record struct RunOptions()
{
    /// <summary>How often each case is asked.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Unrecorded calls before each model's first case.</summary>
    public int Warmups { get; init; } = 1;

    /// <summary>Only the first cases of each suite; null for all.</summary>
    public int? CasesPerSuite { get; init; }

    /// <summary>The most tokens a model may generate an answer; null for its own limit.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <exception cref="InputException">A number is out of its range.</exception>
    public void Check()
    {
        Refuse(Repeats < 1, "repeats", Repeats, 1);
        Refuse(Warmups < 0, "warm-ups", Warmups, 0);
        Refuse(CasesPerSuite < 1, "cases per suite", CasesPerSuite, 1);
        Refuse(MaxOutputTokens < 1, "output tokens", MaxOutputTokens, 1);
    }

    static void Refuse(bool bad, string what, int? value, int least)
    {
        if (bad)
        {
            throw new InputException($"{value} {what} are not possible", $"Ask for {least} or more.");
        }
    }
}
