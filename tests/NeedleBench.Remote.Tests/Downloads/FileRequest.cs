using System.Globalization;

namespace NeedleBench.Tests;

/// <summary>What came to a <see cref="LoopbackFileServer"/>.</summary>
/// <param name="Number">From 0, in the order of arrival.</param>
/// <param name="Path">With its leading slash.</param>
/// <param name="Headers">By name, in any case of letters.</param>
sealed record FileRequest(int Number, string Path, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The offset of <c>Range: bytes=offset-</c>; 0 without.</summary>
    public int Offset => Headers.TryGetValue("Range", out var range) ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture) : 0;

    public string? this[string header] => Headers.GetValueOrDefault(header);
}
