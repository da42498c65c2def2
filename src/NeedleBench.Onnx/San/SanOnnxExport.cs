using System.Globalization;
using NeedleBench.Onnx.Graphs;
using NeedleBench.San.Checkpoints;

namespace NeedleBench.Onnx.San;

/// <summary>
/// Writes a SAN as ONNX: <c>encoder.onnx</c>, <c>decoder_step.onnx</c>, <c>retrieval.onnx</c> where the checkpoint has a head,
/// <c>config.json</c> and <c>tokenizer.model</c>.
/// </summary>
public static class SanOnnxExport
{
    /// <param name="weights">The checkpoint.</param>
    /// <param name="tokenizer">The bytes of its SentencePiece model.</param>
    /// <param name="folder">Made where it does not exist; must be empty.</param>
    /// <exception cref="InputException">The folder holds something or cannot be written, or the precision cannot hold a matrix.</exception>
    public static void Write(SanWeights weights, ReadOnlyMemory<byte> tokenizer, SanOnnxExportOptions options, string folder)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        MakeEmpty(folder);
        var linear = SanLinearForm.Of(options);
        Save(SanEncoderGraph.Build(weights, linear), SanOnnxNames.EncoderFile);
        if (weights.Retrieval is { } head)
        {
            Save(SanRetrievalGraph.Build(weights.Config, head), SanOnnxNames.RetrievalFile);
        }

        AtomicFile.Write(Path.Combine(folder, SanCheckpoint.TokenizerFiles[0]), stream => stream.Write(tokenizer.Span));
        AtomicFile.Write(Path.Combine(folder, SanCheckpoint.ConfigFile), weights.Config.Write);

        // Last: a folder is taken for a SAN once it has both graphs.
        Save(SanDecoderGraph.Build(weights, linear), SanOnnxNames.DecoderFile);

        void Save(OnnxGraphBuilder graph, string file)
        {
            graph.AddMetadata(SanOnnxNames.PrecisionKey, options.PrecisionName);
            graph.AddMetadata(SanOnnxNames.ParametersKey, weights.ParameterCount.ToString(CultureInfo.InvariantCulture));
            graph.Save(Path.Combine(folder, file));
        }
    }

    static void MakeEmpty(string folder)
    {
        try
        {
            if (Directory.CreateDirectory(folder).EnumerateFileSystemInfos().Any())
            {
                throw new InputException("the folder is not empty", "Name a new one.", folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the folder cannot be made ({e.Message.TrimEnd('.')})", "Name a folder that can be written to.", folder, inner: e);
        }
    }
}
