using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NeedleBench.Training.Synthesis;

/// <summary>JSON values of made-up arguments.</summary>
static class ArtificialJson
{
    static readonly JsonElement True = JsonElement.Parse("true");
    static readonly JsonElement False = JsonElement.Parse("false");

    public static JsonElement Boolean(bool value) => value ? True : False;

    public static JsonElement Number(int value) => Number(value.ToString(CultureInfo.InvariantCulture));

    public static JsonElement Number(string digits) => JsonElement.Parse(Encoding.ASCII.GetBytes(digits));

    public static JsonElement Text(string value)
    {
        var scratch = JsonScratch.Current;
        scratch.Begin().WriteStringValue(value);
        return scratch.End();
    }

    public static JsonElement List(List<string> items)
    {
        var scratch = JsonScratch.Current;
        var writer = scratch.Begin();
        writer.WriteStartArray();
        foreach (var item in items)
        {
            writer.WriteStringValue(item);
        }

        writer.WriteEndArray();
        return scratch.End();
    }
}
