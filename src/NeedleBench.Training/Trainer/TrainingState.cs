using System.Globalization;
using NeedleBench.San.Checkpoints;
using NeedleBench.Training.Network;

namespace NeedleBench.Training.Trainer;

/// <summary>
/// A training run on disk: a checkpoint folder, and beside its weights <c>optimiser.safetensors</c> with both moments. It is
/// replaced as a whole folder, so that weights and moments are always of the same step.
/// </summary>
static class TrainingState
{
    public const string OptimiserFile = "optimiser.safetensors";
    const string StepsKey = "steps";
    const string First = "first_moment";
    const string Second = "second_moment";

    /// <summary>Whether a state stands there. One that a kill left between two names gets its own back.</summary>
    public static bool Exists(string folder)
    {
        var target = Normal(folder);
        if (!Directory.Exists(target) && Directory.Exists(Replaced(target)))
        {
            Directory.Move(Replaced(target), target);
        }

        return Directory.Exists(target);
    }

    /// <summary>Writes beside the folder, then changes names: killed at any moment, it leaves the old state or the new one.</summary>
    public static void Save(string folder, SanWeights weights, int steps, ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        var target = Normal(folder);
        var (written, replaced) = (target + ".new", Replaced(target));
        var exists = Exists(target);
        DeleteIfThere(written);
        DeleteIfThere(replaced);
        Directory.CreateDirectory(written);
        var metadata = new Dictionary<string, string> { [StepsKey] = steps.ToString(CultureInfo.InvariantCulture) };
        SafetensorsWriter.Write(
            Path.Combine(written, OptimiserFile),
            [(First, [first.Length], first.ToArray()), (Second, [second.Length], second.ToArray())],
            SafetensorsDtype.F32,
            metadata);
        SanCheckpoint.Save(weights, written, SafetensorsDtype.F32);

        // No file system puts a folder in another's place in one move; Exists mends what a kill between these two leaves.
        if (exists)
        {
            Directory.Move(target, replaced);
        }

        Directory.Move(written, target);
        DeleteIfThere(replaced);
    }

    public static (SanWeights Weights, int Steps) Load(string folder, ParameterLayout layout, Span<float> first, Span<float> second)
    {
        Exists(folder);
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

    static string Normal(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    static string Replaced(string target) => target + ".old";

    static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
