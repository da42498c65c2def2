using NeedleBench.Onnx.San;
using NeedleBench.San;
using NeedleBench.San.Checkpoints;

namespace NeedleBench.Onnx.Tests.San;

/// <summary>A checkpoint written as ONNX to a folder that lasts as long as this.</summary>
sealed class ExportedSan : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public ExportedSan(SanModelSource source, SanOnnxExportOptions options = default)
        : this(source.Weights, source.TokenizerFile, options)
    {
    }

    public ExportedSan(SanWeights weights, ReadOnlyMemory<byte> tokenizer, SanOnnxExportOptions options = default)
    {
        Folder = _folder.File("exported");
        SanOnnxExport.Write(weights, tokenizer, options, Folder);
    }

    public string Folder { get; }

    public SanToolCallingModel Open(string options = "?threads=1") => OpenFolder(Folder, options);

    public static SanToolCallingModel OpenFolder(string folder, string options = "?threads=1") =>
        (SanToolCallingModel)new OnnxModelProvider().OpenAsync(ModelSpec.Parse($"onnx:{folder}{options}")).AsTask().GetAwaiter().GetResult();

    public void Dispose() => _folder.Dispose();
}
