namespace NeedleBench.Onnx.Tests.San;

public class OnnxModelProviderTests
{
    [Fact]
    public void Says_what_a_folder_lacks()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Path;
        Assert.Contains("encoder.onnx", Refusal(path), StringComparison.Ordinal);
        Assert.Contains("export-onnx", Refusal($"{path}?dialect=san"), StringComparison.Ordinal);
        Assert.Contains("hermes", Refusal($"{path}?dialect=klingon"), StringComparison.Ordinal);
        Assert.Contains(".onnx", Refusal($"{path}?dialect=hermes"), StringComparison.Ordinal);
        Assert.Contains("no dialect 'klingon'", Refusal($"{path}?dialect=klingon"), StringComparison.Ordinal);
        Assert.Contains("no such folder", Refusal(Path.Combine(path, "absent")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_option_is_refused()
    {
        using var exported = new ExportedSan(NativeSan.Tiny(retrieval: false), NativeSan.Nano.TokenizerFile);

        Assert.Contains("no option 'thread'", Refusal($"{exported.Folder}?thread=1"), StringComparison.Ordinal);
        Assert.Contains("1 to 64", Refusal($"{exported.Folder}?threads=0"), StringComparison.Ordinal);
    }

    [OnnxRuntimeFact]
    public void A_damaged_graph_or_a_stranger_in_its_place_is_an_input_error()
    {
        using var exported = new ExportedSan(NativeSan.Tiny(retrieval: false), NativeSan.Nano.TokenizerFile);
        var decoder = Path.Combine(exported.Folder, "decoder_step.onnx");
        TinyModels.Product().Save(decoder);
        Assert.Contains("no form of a SAN", Refusal(exported.Folder), StringComparison.Ordinal);

        File.WriteAllBytes(decoder, [1, 2, 3]);
        Assert.Contains("decoder_step.onnx", Refusal(exported.Folder), StringComparison.Ordinal);
    }

    [OnnxRuntimeFact]
    public void Retrieval_is_refused_where_there_is_no_head()
    {
        using var exported = new ExportedSan(NativeSan.Tiny(retrieval: false), NativeSan.Nano.TokenizerFile);

        Assert.Contains("no retrieval head", Refusal($"{exported.Folder}?retrieve=3"), StringComparison.Ordinal);
    }

    static string Refusal(string rest) =>
        Assert.Throws<InputException>(() => { new OnnxModelProvider().OpenAsync(ModelSpec.Parse($"onnx:{rest}")).AsTask().GetAwaiter().GetResult().Dispose(); }).Message;
}
