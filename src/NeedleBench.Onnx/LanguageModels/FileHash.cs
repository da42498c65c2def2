using System.Security.Cryptography;

namespace NeedleBench.Onnx.LanguageModels;

/// <summary>Hashes of whole files.</summary>
static class FileHash
{
    /// <summary>SHA-256, hexadecimal, over the SHA-256 of each file: files of any length cannot run into each other.</summary>
    /// <exception cref="InputException">A file cannot be read.</exception>
    public static string Of(IEnumerable<string> files)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            try
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
                all.AppendData(SHA256.HashData(stream));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new InputException($"the file cannot be read ({e.Message.TrimEnd('.')})", "Check that it is there and may be read.", file, inner: e);
            }
        }

        return Convert.ToHexStringLower(all.GetHashAndReset());
    }
}
