using System.Buffers;
using System.Text;
using System.Text.Json;

namespace NeedleBench.Training.TokenizerTraining;

/// <summary>A tool of a corpus file.</summary>
/// <param name="Definition">Name, description, parameters.</param>
/// <param name="Slots">The values of each parameter that placeholders name.</param>
/// <param name="Phrasings">The ways to ask for it.</param>
sealed record CorpusTool(
    ToolDefinition Definition, IReadOnlyDictionary<string, SlotEntry[]> Slots, IReadOnlyList<CorpusPhrasing> Phrasings)
{
    /// <summary>Fills a phrasing's placeholders, each with a value of its own.</summary>
    public (string Request, ToolCall Call) Fill(CorpusPhrasing phrasing, Random random)
    {
        var request = new StringBuilder();
        var buffer = new ArrayBufferWriter<byte>();
        using (var arguments = new Utf8JsonWriter(buffer))
        {
            arguments.WriteStartObject();
            var done = 0;
            foreach (var (start, end) in Placeholders(phrasing.Text))
            {
                var name = phrasing.Text[(start + 1)..end];
                var entry = Slots[name][random.Next(Slots[name].Length)];
                request.Append(phrasing.Text, done, start - done).Append(entry.Said);
                done = end + 1;
                arguments.WritePropertyName(name);
                entry.Value.WriteTo(arguments);
            }

            request.Append(phrasing.Text, done, phrasing.Text.Length - done);
            if (phrasing.Arguments.ValueKind == JsonValueKind.Object)
            {
                foreach (var constant in phrasing.Arguments.EnumerateObject())
                {
                    constant.WriteTo(arguments);
                }
            }

            arguments.WriteEndObject();
        }

        return (request.ToString(), new ToolCall(Definition.Name, JsonElement.Parse(buffer.WrittenSpan)));
    }

    /// <summary>Where the placeholders' braces stand; a brace without a partner is text.</summary>
    public static IEnumerable<(int Start, int End)> Placeholders(string text)
    {
        for (var start = text.IndexOf('{', StringComparison.Ordinal); start >= 0; start = text.IndexOf('{', start + 1))
        {
            var end = text.IndexOf('}', start);
            if (end > start)
            {
                yield return (start, end);
            }
        }
    }
}
