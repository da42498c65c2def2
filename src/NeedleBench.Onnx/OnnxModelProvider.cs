using NeedleBench.Onnx.Dialects;
using NeedleBench.Onnx.LanguageModels;
using NeedleBench.Onnx.San;
using NeedleBench.San;

namespace NeedleBench.Onnx;

/// <summary>
/// Opens <c>onnx:FOLDER</c>: what the folder holds decides what runs it. A SAN takes the option <c>threads</c> and those
/// of <see cref="SanSpec.OptionsSummary"/>, a language model those of <see cref="OnnxLanguageModel.OptionsSummary"/>.
/// </summary>
public sealed class OnnxModelProvider : IModelProvider
{
    const string SanDialect = "san";

    public string Scheme => "onnx";

    public string Summary =>
        "a folder of ONNX graphs, run by ONNX Runtime: a SAN that 'models export-onnx' wrote, or the community's export of Needle "
        + $"(options threads=N, {SanSpec.OptionsSummary}), or a language model "
        + $"(options {OnnxLanguageModel.OptionsSummary})";

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
            var dialect when dialect.Length == 0 && !OnnxLanguageModel.CanOpen(folder) => throw new InputException(
                "the folder holds no ONNX model that is known here",
                "A SAN has encoder.onnx and decoder_step.onnx, a language model onnx/model.onnx or its like.", folder),
            var dialect when dialect.Length == 0 || PromptDialects.All.Any(d => d.Name == dialect) => OnnxLanguageModel.Open(folder, spec),
            var dialect => throw new InputException(
                $"'{spec.Text}': there is no dialect '{dialect}'",
                $"There are: {string.Join(", ", PromptDialects.All.Select(d => d.Name).Prepend(SanDialect).Distinct())}."),
        };
        return ValueTask.FromResult(model);
    }

    static string DialectOf(string folder) => OnnxSanModel.IsIn(folder) ? SanDialect : "";
}
