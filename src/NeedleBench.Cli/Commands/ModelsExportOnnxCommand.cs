using System.CommandLine;
using NeedleBench.Onnx.San;
using NeedleBench.San;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench models export-onnx</c>: a SAN as ONNX graphs, to run as <c>onnx:FOLDER</c> or elsewhere.</summary>
static class ModelsExportOnnxCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("model") { Description = "A spec such as san:san-nano, or a checkpoint folder." };
        var precision = new Option<string>("--precision")
        {
            Description = $"How weights are held: {string.Join(", ", SanOnnxExportOptions.PrecisionNames)}. Default: fp32.",
            HelpName = "name",
            DefaultValueFactory = _ => SanOnnxExportOptions.PrecisionNames[0],
        };
        var exact = new Option<bool>("--fp32-activations")
        {
            Description = "With int8 and int4: multiply activations as they are, rather than rounded to 8 bits, which is faster.",
        };
        var output = new Option<string>("--out") { Description = "The folder to write to; must be new or empty.", HelpName = "folder", Required = true };
        var command = new Command("export-onnx", "Write a SAN as ONNX graphs: encoder, decoder step and retrieval head.") { model, precision, exact, output };
        command.SetAction(parsed =>
        {
            var options = new SanOnnxExportOptions
            {
                Precision = SanOnnxExportOptions.ParsePrecision(parsed.GetRequiredValue(precision)),
                Int8Activations = !parsed.GetValue(exact),
            };
            var source = SanModelSource.Open(Checkpoint(parsed.GetRequiredValue(model)));
            var folder = parsed.GetRequiredValue(output);
            SanOnnxExport.Write(source.Weights, source.TokenizerFile, options, folder);
            terminal.Out.WriteLine($"onnx:{folder}");
            return ExitCodes.Fine;
        });
        return command;
    }

    static string Checkpoint(string text)
    {
        if (Directory.Exists(text))
        {
            return text;
        }

        var spec = ModelSpec.Parse(text);
        spec.AllowOptions();
        return spec.Scheme == SanModelProvider.SchemeName
            ? spec.Rest
            : throw new InputException($"'{text}' is no SAN", "Name a model as san:NAME, or a checkpoint folder.");
    }
}
