using System.Security.Cryptography;
using NeedleBench.San.Checkpoints;
using NeedleBench.Tokenizers;

namespace NeedleBench.San;

/// <summary>A checkpoint and its tokenizer, read from the box or from a folder, with a hash over the bytes of both.</summary>
/// <param name="Name">For a table row.</param>
/// <param name="Weights">Checked against the config.</param>
/// <param name="Tokenizer">The checkpoint's own.</param>
/// <param name="Hash">SHA-256, hexadecimal, over weights, config and tokenizer.</param>
public sealed record SanModelSource(string Name, SanWeights Weights, SentencePieceTokenizer Tokenizer, string Hash)
{
    /// <summary>The tokenizer's file as it was read, for writing the model in another form.</summary>
    public ReadOnlyMemory<byte> TokenizerFile { get; init; }

    /// <summary>Reads a model in the box by its name, else a checkpoint folder.</summary>
    /// <exception cref="InputException">There is neither, or the folder holds no usable checkpoint.</exception>
    public static SanModelSource Open(string nameOrFolder)
    {
        ArgumentNullException.ThrowIfNull(nameOrFolder);
        if (EmbeddedModels.Names.Contains(nameOrFolder))
        {
            return OpenEmbedded(nameOrFolder);
        }

        if (!Directory.Exists(nameOrFolder))
        {
            var mend = File.Exists(nameOrFolder) && nameOrFolder.EndsWith(".pkl", StringComparison.OrdinalIgnoreCase)
                ? "Turn it into a checkpoint folder with 'needlebench models import'."
                : $"Models in the box: {string.Join(", ", EmbeddedModels.Names)}; else give a folder with config.json, model.safetensors and tokenizer.model.";
            throw new InputException("there is no such SAN checkpoint", mend, nameOrFolder);
        }

        var weights = SanCheckpoint.Load(nameOrFolder);
        var tokenizerPath = SanCheckpoint.FindTokenizer(nameOrFolder);
        var tokenizerBytes = File.ReadAllBytes(tokenizerPath);
        var tokenizer = LoadTokenizer(tokenizerBytes, tokenizerPath);
        var hash = HashParts(
            File.ReadAllBytes(Path.Combine(nameOrFolder, SanCheckpoint.ConfigFile)),
            HashFile(Path.Combine(nameOrFolder, SanCheckpoint.WeightsFile)),
            tokenizerBytes);
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(nameOrFolder)));
        return new SanModelSource(name, weights, tokenizer, hash) { TokenizerFile = tokenizerBytes };
    }

    static SanModelSource OpenEmbedded(string name)
    {
        var display = $"{name} (in the box)";
        var configBytes = EmbeddedModels.Read(name, SanCheckpoint.ConfigFile);
        var weightBytes = EmbeddedModels.Read(name, SanCheckpoint.WeightsFile);
        var tokenizerBytes = EmbeddedModels.Read(name, SanCheckpoint.TokenizerFiles[0]);
        using var file = SafetensorsFile.Open(weightBytes, display);
        var weights = SanCheckpoint.LoadSafetensors(file, SanConfig.Parse(configBytes, display), display);
        var hash = HashParts(configBytes, SHA256.HashData(weightBytes), tokenizerBytes);
        return new SanModelSource(name, weights, LoadTokenizer(tokenizerBytes, display), hash) { TokenizerFile = tokenizerBytes };
    }

    /// <summary>Reads a SAN's tokenizer.</summary>
    /// <param name="display">What an error message calls the file.</param>
    /// <exception cref="InputException">It is no SentencePiece model that can be used.</exception>
    public static SentencePieceTokenizer LoadTokenizer(byte[] bytes, string display)
    {
        try
        {
            return SentencePieceTokenizer.Load(bytes);
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"the tokenizer cannot be used ({e.Message.TrimEnd('.')})", "Give the SentencePiece BPE model that the checkpoint was trained with.", display, inner: e);
        }
    }

    static byte[] HashFile(string path)
    {
        using var stream = File.OpenRead(path);
        return SHA256.HashData(stream);
    }

    // Each part is hashed on its own first: parts of any length cannot run into each other.
    static string HashParts(byte[] config, byte[] weightsHash, byte[] tokenizer) =>
        Convert.ToHexStringLower(SHA256.HashData([.. SHA256.HashData(config), .. weightsHash, .. SHA256.HashData(tokenizer)]));
}
