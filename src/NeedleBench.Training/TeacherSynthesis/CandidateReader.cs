using System.Text.Json;

namespace NeedleBench.Training.TeacherSynthesis;

/// <summary>Reads one element of a teacher's list.</summary>
static class CandidateReader
{
    const int MaxQueryLength = 1000;

    /// <summary>The request and its calls; null where the element is no example.</summary>
    public static (string Query, IReadOnlyList<ToolCall> Calls)? Read(JsonElement element)
    {
        try
        {
            if (!element.TryGetProperty("query", out var query) || query.ValueKind != JsonValueKind.String
                || !element.TryGetProperty("calls", out var calls) || calls.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            var words = query.GetString()!.Trim();
            var read = calls.EnumerateArray().Select(Call).ToList();
            return words.Length is > 0 and <= MaxQueryLength && words.Any(char.IsLetterOrDigit) && read.TrueForAll(call => call is not null)
                ? (words, [.. read.OfType<ToolCall>()])
                : null;
        }
        catch (InvalidOperationException)
        {
            return null; // an escape that is half a character
        }
    }

    static ToolCall? Call(JsonElement call)
    {
        if (call.ValueKind != JsonValueKind.Object || !call.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String
            || !call.TryGetProperty("arguments", out var arguments) || arguments.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        DecodeAll(arguments);
        return new ToolCall(name.GetString()!, arguments);
    }

    // Texts are decoded at first use, far from here.
    static void DecodeAll(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                _ = value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    DecodeAll(item);
                }

                break;
            case JsonValueKind.Object:
                var names = new HashSet<string>(StringComparer.Ordinal);
                foreach (var member in value.EnumerateObject())
                {
                    DecodeAll(member.Value);
                    if (!names.Add(member.Name))
                    {
                        throw new InvalidOperationException($"'{member.Name}' stands twice");
                    }
                }

                break;
        }
    }
}
