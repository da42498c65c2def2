using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.FineTuning;

/// <summary>Data in three parts: 80 % to learn from, 10 % to stop by, 10 % to report.</summary>
/// <param name="Train">In an order that does not depend on the data's.</param>
/// <param name="Validation">In an order that does not depend on the data's.</param>
/// <param name="Test">In an order that does not depend on the data's.</param>
public sealed record DataSplit(
    IReadOnlyList<SyntheticExample> Train, IReadOnlyList<SyntheticExample> Validation, IReadOnlyList<SyntheticExample> Test)
{
    /// <summary>
    /// Splits each tool's examples on their own, by the tool of the first call; refusals are a group like a tool. Counted are
    /// different examples, and equal ones (same request and answer) stay together. A group of 3 or more has one at least in
    /// each part, a smaller one is all for training.
    /// </summary>
    /// <param name="seed">Decides, with an example's text, where it goes: the order of the data does not matter.</param>
    public static DataSplit Create(IEnumerable<SyntheticExample> examples, ulong seed)
    {
        var (train, validation, test) = (new List<SyntheticExample>(), new List<SyntheticExample>(), new List<SyntheticExample>());
        foreach (var group in examples.GroupBy(ExampleKey.Group, StringComparer.Ordinal))
        {
            var different = group.GroupBy(ExampleKey.Text, StringComparer.Ordinal)
                .OrderBy(same => ExampleKey.Rank(seed, same.Key), StringComparer.Ordinal).ToList();
            var tenth = different.Count < 3 ? 0 : Math.Max(1, (different.Count + 5) / 10);
            test.AddRange(different.Take(tenth).SelectMany(same => same));
            validation.AddRange(different.Skip(tenth).Take(tenth).SelectMany(same => same));
            train.AddRange(different.Skip(2 * tenth).SelectMany(same => same));
        }

        return new DataSplit(Ordered(train, seed), Ordered(validation, seed), Ordered(test, seed));
    }

    /// <summary>Writes <c>train.jsonl</c>, <c>validation.jsonl</c> and <c>test.jsonl</c>.</summary>
    /// <exception cref="InputException">They cannot be written.</exception>
    public void Write(string folder)
    {
        NeedleJsonl.Write(Path.Combine(folder, "train.jsonl"), Train);
        NeedleJsonl.Write(Path.Combine(folder, "validation.jsonl"), Validation);
        NeedleJsonl.Write(Path.Combine(folder, "test.jsonl"), Test);
    }

    static List<SyntheticExample> Ordered(List<SyntheticExample> part, ulong seed) =>
    [
        .. part.Select(e => (Example: e, Rank: ExampleKey.Rank(seed, ExampleKey.Text(e)), Line: NeedleJsonl.Line(e)))
            .OrderBy(e => e.Rank, StringComparer.Ordinal).ThenBy(e => e.Line, StringComparer.Ordinal)
            .Select(e => e.Example),
    ];
}
