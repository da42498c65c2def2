using System.Security.Cryptography;
using System.Text;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.FineTuning;

/// <summary>What an example is known by when data are split.</summary>
static class ExampleKey
{
    /// <summary>The group of the examples that call nothing.</summary>
    public const string Refusals = "[]";

    /// <summary>The tool of the first call, or <see cref="Refusals"/>.</summary>
    public static string Group(SyntheticExample example) => example.Calls.Count > 0 ? example.Calls[0].Name : Refusals;

    /// <summary>
    /// Request and answer. The tools on offer are left out: the same request beside other tools is no new example, and must
    /// not stand in training and test.
    /// </summary>
    public static string Text(SyntheticExample example) => $"{example.Query.Trim()}\n{ToolCallJson.Write(example.Calls)}";

    /// <summary>A place in an order that seed and text alone decide, on every machine.</summary>
    public static string Rank(ulong seed, string text) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{seed}\n{text}"))));
}
