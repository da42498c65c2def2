using System.Text.Json;

namespace NeedleBench.Training.TokenizerTraining;

/// <summary>What is said for a slot, and the JSON value that an argument takes then.</summary>
readonly record struct SlotEntry(string Said, JsonElement Value);
