using System.Globalization;

namespace NeedleBench.San.Checkpoints;

/// <summary>How numbers, shapes and lists of names read in checkpoint files and in messages about them.</summary>
static class CheckpointText
{
    const int ShownNames = 4;
    const int ShownCharacters = 120;

    /// <summary>The shortest text that reads back as the same value, with the exponent as Python writes it.</summary>
    public static string Of(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');

    /// <inheritdoc cref="Of(double)"/>
    public static string Of(float value) => value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');

    /// <summary><c>[4096, 64]</c>.</summary>
    public static string Shape<T>(IEnumerable<T> shape)
        where T : IFormattable => $"[{string.Join(", ", shape.Select(size => size.ToString(null, CultureInfo.InvariantCulture)))}]";

    /// <summary>The first few names, and how many more there are.</summary>
    public static string Names(IReadOnlyCollection<string> names)
    {
        var shown = string.Join(", ", names.Take(ShownNames).Select(name => $"'{Short(name)}'"));
        return names.Count > ShownNames ? $"{shown} and {names.Count - ShownNames} more" : shown;
    }

    /// <summary>A name out of a file that may be hostile: cut to a readable length, control characters replaced.</summary>
    public static string Short(string name)
    {
        var text = name.Length > ShownCharacters ? name[..ShownCharacters] + "…" : name;
        return text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : text;
    }
}
