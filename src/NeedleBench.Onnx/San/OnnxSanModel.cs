using System.Security.Cryptography;
using System.Text;
using NeedleBench.Onnx.Runtime;
using NeedleBench.San;
using NeedleBench.San.Checkpoints;
using NeedleBench.San.Model;
using NeedleBench.Tokenizers;

namespace NeedleBench.Onnx.San;

/// <summary>Opens a folder of SAN graphs as a model: prompt, grammar and retrieval are the native runtime's own.</summary>
static class OnnxSanModel
{
    /// <summary>Whether the folder holds a SAN's graphs.</summary>
    public static bool IsIn(string folder) =>
        File.Exists(Path.Combine(folder, SanOnnxNames.EncoderFile)) && File.Exists(Path.Combine(folder, SanOnnxNames.DecoderFile));

    /// <exception cref="InputException">
    /// A file is missing or of no use, an option is impossible, or ONNX Runtime's library is missing.
    /// </exception>
    public static SanToolCallingModel Open(ModelSpec spec)
    {
        spec.AllowOptions(["dialect", "threads", .. SanSpec.OptionNames]);
        var folder = spec.Rest;
        if (!IsIn(folder))
        {
            throw new InputException(
                "the folder holds no SAN as ONNX", $"It needs {SanOnnxNames.EncoderFile} and {SanOnnxNames.DecoderFile}: 'needlebench models export-onnx' writes them.", folder);
        }

        var options = SanSpec.Read(spec);
        var threads = spec.GetInt("threads", new SanModelOptions().Threads, 1, 64);
        var tokenizerPath = SanCheckpoint.FindTokenizer(folder);
        var tokenizerBytes = File.ReadAllBytes(tokenizerPath);
        var tokenizer = SanModelSource.LoadTokenizer(tokenizerBytes, tokenizerPath);
        var backend = OpenBackend(folder, threads, tokenizer);
        try
        {
            var name = $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))} (onnx)";
            return new SanToolCallingModel(backend, tokenizer, SanSpec.Name(name, options), spec.Text, Hash(folder, tokenizerBytes), options);
        }
        catch
        {
            backend.Dispose();
            throw;
        }
    }

    static ISanBackend OpenBackend(string folder, int threads, SentencePieceTokenizer tokenizer)
    {
        var configPath = Path.Combine(folder, SanCheckpoint.ConfigFile);
        var config = File.Exists(configPath) ? SanConfig.Read(configPath) : null;
        var sessions = SanOnnxSessions.Open(folder, threads);
        var inputs = sessions.Decoder.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        if (inputs.Contains(SanOnnxNames.CommunityPast))
        {
            return new CommunitySanBackend(sessions, folder, config, tokenizer.VocabularySize);
        }

        if (config is not null && inputs.Contains(SanOnnxNames.CrossKey(config.DecoderLayers - 1)) && inputs.Contains(SanOnnxNames.SequenceLength))
        {
            return new OnnxSanBackend(sessions, config);
        }

        var known = string.Join(", ", sessions.Decoder.Inputs);
        sessions.Encoder.Dispose();
        sessions.Decoder.Dispose();
        sessions.Retrieval?.Dispose();
        throw new InputException(
            $"the decoder's inputs are no form of a SAN that is known here ({known})",
            $"Give a folder of 'needlebench models export-onnx' with its {SanCheckpoint.ConfigFile}, or the community's export of Needle.",
            Path.Combine(folder, SanOnnxNames.DecoderFile));
    }

    // What computes is part of it: another release of the library may round otherwise.
    static string Hash(string folder, byte[] tokenizer)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"onnxruntime {OnnxRuntimeLibrary.LoadedVersion}"));
        hash.AppendData(SHA256.HashData(tokenizer));
        foreach (var file in SanOnnxSessions.GraphFiles(folder))
        {
            using var stream = file.OpenRead();
            hash.AppendData(SHA256.HashData(stream));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
