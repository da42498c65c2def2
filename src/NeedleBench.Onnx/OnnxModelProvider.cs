using NeedleBench.Onnx.San;

namespace NeedleBench.Onnx;

/// <summary>
/// Opens <c>onnx:FOLDER</c>: what the folder holds decides what runs it. A SAN takes the options <c>threads</c>,
/// <c>constrained</c> and <c>retrieve</c>.
/// </summary>
public sealed class OnnxModelProvider : IModelProvider
{
    const string SanDialect = "san";

    public string Scheme => "onnx";

    public string Summary =>
        "a folder of ONNX graphs, run by ONNX Runtime: a SAN that 'models export-onnx' wrote, or the community's export of Needle; "
        + "options threads=N, constrained=schema|names|false, retrieve=K";

    public IReadOnlyList<string> Available => [];

    public ValueTask<IToolCallingModel> OpenAsync(ModelSpec spec, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var folder = spec.Rest;
        if (!Directory.Exists(folder))
        {
            throw new InputException("there is no such folder", "Name a folder that holds ONNX graphs.", folder);
        }

        // A new kind of folder is one line here.
        IToolCallingModel model = spec.GetString("dialect", DialectOf(folder)) switch
        {
            SanDialect => OnnxSanModel.Open(spec),
            "" => throw new InputException(
                "the folder holds no ONNX model that is known here", "A SAN has encoder.onnx and decoder_step.onnx.", folder),
            var dialect => throw new InputException($"'{spec.Text}': there is no dialect '{dialect}'", $"There is: {SanDialect}."),
        };
        return ValueTask.FromResult(model);
    }

    static string DialectOf(string folder) => OnnxSanModel.IsIn(folder) ? SanDialect : "";
}
