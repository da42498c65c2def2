using System.CommandLine;
using System.Globalization;
using NeedleBench.Cli.Providers;
using NeedleBench.San;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench models inspect</c>: what a model is, how much it weighs, and what in its files nobody knew.</summary>
static class ModelsInspectCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("model") { Description = "A spec such as san:san-nano, or a checkpoint folder." };
        var plugins = SharedOptions.Plugins();
        var command = new Command("inspect", "Show what a model is and weighs.") { model, plugins };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var text = parsed.GetRequiredValue(model);
            var spec = Directory.Exists(text) ? $"san:{text}" : text;
            using var opened = await KnownProviders.Catalog(parsed.GetValue(plugins)).OpenAsync(spec, cancellationToken);
            var info = opened.Info;
            Row("name", info.Name);
            Row("spec", info.Spec);
            Row("precision", info.Precision);
            Row("parameters", Number(info.Parameters));
            Row("weights, bytes", Number(info.WeightBytes));
            Row("fingerprint", info.Fingerprint.Length == 0 ? "unknown" : info.Fingerprint);
            if (opened is SanToolCallingModel && ModelSpec.Parse(spec) is { Scheme: SanModelProvider.SchemeName } checkpoint)
            {
                PrintCheckpoint(SanModelSource.Open(checkpoint.Rest));
            }

            return ExitCodes.Fine;
        });
        return command;

        void Row(string name, string value) => terminal.Out.WriteLine($"{name,-22} {value}");

        void PrintCheckpoint(SanModelSource source)
        {
            var config = source.Weights.Config;
            Row("hidden size", Number(config.HiddenSize));
            Row("heads", $"{config.Heads} query, {config.KeyValueHeads} key/value, size {config.HeadSize}");
            Row("layers", $"{config.EncoderLayers} encoder, {config.DecoderLayers} decoder");
            Row("vocabulary", $"{Number(config.VocabularySize)} ({Number(source.Tokenizer.VocabularySize)} pieces in the tokenizer)");
            Row("retrieval head", source.Weights.Retrieval is null ? "no" : "yes");
            Row("unknown tensors", source.Weights.UnknownTensors.Count == 0 ? "none" : string.Join(", ", source.Weights.UnknownTensors));
        }
    }

    static string Number(long? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "unknown";
}
