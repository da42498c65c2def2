using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeedleBench.Harness.Bfcl.Conversion;

/// <summary>
/// Lists like <c>[2.5,4]</c>, where JSON has numbers and Berkeley's checker sees floats and an integer, for which it has no
/// room in a list of floats that begins with one. It lets integers in where some alternative begins with one, so a
/// further alternative is added that does, and that no list of numbers equals: <c>[0,null]</c>.
/// </summary>
static class NumberLists
{
    /// <summary>Whether a list begins with a float and goes on with an integer.</summary>
    public static bool MixesFloatsBeforeIntegers(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0 && !IsInteger(list[0]) && list.EnumerateArray().Any(IsInteger);

    /// <summary>The further alternative.</summary>
    public static JsonArray Marker() => [0, null];

    /// <summary>Whether an alternative is there for its types only: no list with null in it passes as a list of floats.</summary>
    public static bool IsMarker(JsonElement list) => list.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Null);

    static bool IsInteger(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && !value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E');
}
