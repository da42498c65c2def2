using System.Text.Json;
using NeedleBench.San.Checkpoints;
using NeedleBench.Training.FineTuning;
using NeedleBench.Training.Network;
using NeedleBench.Training.Synthesis;
using NeedleBench.Training.TokenizerTraining;

namespace NeedleBench.Training.Tests.FineTuning;

/// <summary>Small data and a small base to tune.</summary>
static class TuningExamples
{
    public static ToolDefinition Tool(string name, string description = "") => new(
        name, description, JsonElement.Parse("""{"n":{"type":"integer","description":"","required":true}}"""));

    public static ToolCall Call(string name, string arguments) => new(name, JsonElement.Parse(arguments));

    /// <summary>So many different requests to one tool.</summary>
    public static IEnumerable<SyntheticExample> Of(string tool, int count) => Enumerable.Range(0, count)
        .Select(i => new SyntheticExample($"{tool} number {i}", [Tool(tool)], [Call(tool, $$"""{"n":{{i}}}""")]));

    /// <summary>So many different requests that no tool serves.</summary>
    public static IEnumerable<SyntheticExample> Refusals(int count) =>
        Enumerable.Range(0, count).Select(i => new SyntheticExample($"sing song {i}", [Tool("ring")], []));

    /// <summary>A random network of two small layers a side, with a tokenizer made for these requests.</summary>
    public static FineTuneBase Base(bool retrieval)
    {
        var config = new SanConfig { HiddenSize = 64, Heads = 4, KeyValueHeads = 2, EncoderLayers = 1, DecoderLayers = 1, VocabularySize = 360 };
        using var folder = new TemporaryFolder();
        TokenizerTrainer.Train(
            Of("ring", 40).Select(NeedleJsonl.Line), new TokenizerTrainingOptions { VocabularySize = config.VocabularySize })
            .Save(folder.File("tokenizer.model"));
        SanCheckpoint.Save(NetworkInitialiser.Create(config, retrieval, seed: 3), folder.Path, SafetensorsDtype.F32);
        return FineTuneBase.Open($"san:{folder.Path}");
    }
}
