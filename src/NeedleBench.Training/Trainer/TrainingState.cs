using System.Globalization;
using NeedleBench.San.Checkpoints;
using NeedleBench.Training.Network;

namespace NeedleBench.Training.Trainer;

/// <summary>A training run on disk: a checkpoint folder, and beside its weights <c>optimiser.safetensors</c> with both moments.</summary>
static class TrainingState
{
    public const string OptimiserFile = "optimiser.safetensors";
    const string StepsKey = "steps";
    const string First = "first_moment";
    const string Second = "second_moment";

    public static void Save(string folder, SanWeights weights, int steps, ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        // The moments first: with weights of one step and moments of another, nothing would tell them apart but the number in both.
        Directory.CreateDirectory(folder);
        var metadata = new Dictionary<string, string> { [StepsKey] = steps.ToString(CultureInfo.InvariantCulture) };
        SafetensorsWriter.Write(
            Path.Combine(folder, OptimiserFile),
            [(First, [first.Length], first.ToArray()), (Second, [second.Length], second.ToArray())],
            SafetensorsDtype.F32,
            metadata);
        SanCheckpoint.Save(weights, folder, SafetensorsDtype.F32);
    }

    public static (SanWeights Weights, int Steps) Load(string folder, ParameterLayout layout, Span<float> first, Span<float> second)
    {
        var weights = SanCheckpoint.Load(folder);
        var file = Path.Combine(folder, OptimiserFile);
        using var state = SafetensorsFile.Open(file);
        if (weights.Config != layout.Config
            || !state.Tensors.TryGetValue(First, out var entry) || entry.Count != first.Length || !state.Tensors.ContainsKey(Second)
            || !state.Metadata.TryGetValue(StepsKey, out var text) || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var steps))
        {
            throw new InputException("the optimiser's state is not that of this network", "Resume with the recipe that it was written by.", file);
        }

        state.Read(First, first);
        state.Read(Second, second);
        return (weights, steps);
    }
}
