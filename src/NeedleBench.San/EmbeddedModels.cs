using System.Reflection;

namespace NeedleBench.San;

/// <summary>The checkpoints that travel inside this assembly: what a fresh clone answers with.</summary>
static class EmbeddedModels
{
    const string Prefix = "models/";

    static readonly Assembly Assembly = typeof(EmbeddedModels).Assembly;

    /// <summary>Their names, e.g. <c>san-nano</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..].Split('/')[0])
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A file of one of the models, whole.</summary>
    public static byte[] Read(string model, string file)
    {
        using var stream = Assembly.GetManifestResourceStream($"{Prefix}{model}/{file}")
            ?? throw new InvalidOperationException($"The assembly has no resource {Prefix}{model}/{file}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
