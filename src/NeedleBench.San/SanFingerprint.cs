using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NeedleBench.San;

/// <summary>A hash over all that decides what a SAN answers; threads and machines do not.</summary>
static class SanFingerprint
{
    // Raised when prompt form, grammar or kernels change in a way that can change an answer.
    const string Form = "san-2";

    public static string Compute(string weightsHash, string precision, SanOptions options)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{Form}|{weightsHash}|{precision}|constrained={options.Constraint}|retrieve={options.RetrieveTop}{(options.RetrieveTop > 0 ? $"|clauses={options.RetrieveByClauses}" : "")}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }
}
