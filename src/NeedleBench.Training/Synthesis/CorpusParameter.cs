using System.Text.Json;

namespace NeedleBench.Training.Synthesis;

/// <summary>One parameter of a tool.</summary>
/// <param name="Name">The key of its argument.</param>
/// <param name="Type">A JSON Schema type: string, integer, number, boolean, array or object.</param>
/// <param name="Description">What it means and what form its value has.</param>
/// <param name="Required">Whether every call gives it.</param>
public sealed record CorpusParameter(string Name, string Type, string Description, bool Required)
{
    /// <summary>The values of a string enum, or null.</summary>
    public IReadOnlyList<string>? Enum { get; init; }

    /// <summary>The other members of its schema (<c>minimum</c>, <c>items</c>, <c>properties</c>, …), in order.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Rest { get; init; } = [];
}
