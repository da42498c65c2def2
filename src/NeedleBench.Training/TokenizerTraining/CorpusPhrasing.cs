using System.Text.Json;

namespace NeedleBench.Training.TokenizerTraining;

/// <summary>A way to ask for a tool: text with <c>{parameter}</c> placeholders, and arguments it implies besides.</summary>
readonly record struct CorpusPhrasing(string Text, JsonElement Arguments);
