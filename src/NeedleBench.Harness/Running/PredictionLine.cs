using System.Text.Json;
using NeedleBench.Harness.Files;

namespace NeedleBench.Harness.Running;

/// <summary>A prediction as a line of <c>predictions.jsonl</c>.</summary>
static class PredictionLine
{
    // Without sums that can be made again, e.g. GenerationTiming.TotalSeconds: the line holds what was measured.
    static readonly JsonSerializerOptions Options = new(HarnessJson.Line) { IgnoreReadOnlyProperties = true };

    /// <summary>UTF-8 of the line, line end included.</summary>
    /// <exception cref="ArgumentException">A number is not finite, or a text is not Unicode.</exception>
    /// <exception cref="InvalidOperationException">A call's arguments are no JSON value.</exception>
    public static byte[] Write(Prediction prediction)
    {
        using var stream = new MemoryStream();
        JsonSerializer.Serialize(stream, prediction, Options);
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>
    /// Reads the predictions of a file from its beginning. A last line that was not wholly written is no prediction: it is
    /// left out.
    /// </summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="file">Its name, for errors.</param>
    /// <param name="end">Gets the bytes up to the end of the last whole line.</param>
    /// <exception cref="InputException">A line before the last is broken, or two lines answer the same item.</exception>
    public static List<(Prediction Prediction, int Line)> ReadAll(Stream stream, string file, out long end)
    {
        var predictions = new List<(Prediction, int)>();
        var lineOf = new Dictionary<RunItemKey, int>();
        end = 0;
        InputException? broken = null;
        foreach (var line in LineReader.Read(stream))
        {
            if (broken is not null)
            {
                throw broken;
            }

            if (!line.Terminated)
            {
                break;
            }

            if (!TryParse(line, file, out var prediction, out broken))
            {
                continue;
            }

            if (!lineOf.TryAdd(prediction.Key, line.Number))
            {
                throw new InputException(
                    $"the line answers the same item as line {lineOf[prediction.Key]} ({prediction.Key})",
                    "Delete one of the two lines.", file, line.Number);
            }

            predictions.Add((prediction, line.Number));
            end = line.End;
        }

        return predictions;
    }

    // False where the text is not JSON: what an interrupted write leaves, if it is the last line. Whole JSON that is no
    // prediction was not left by us, and is an error wherever it stands.
    static bool TryParse(
        TextLine line, string file,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Prediction? prediction, out InputException? broken)
    {
        broken = null;
        prediction = null;
        Exception? cause = null;
        try
        {
            prediction = JsonSerializer.Deserialize<Prediction>(line.Bytes.Span, Options);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            cause = e;
        }

        if (prediction is { Model: not null, Suite: not null, Case: not null, Calls: not null, Text: not null, Repeat: >= 0 })
        {
            return true;
        }

        broken = new InputException(
            "the line is no prediction",
            "Delete the line; the item is then asked again with --resume.", file, line.Number, cause);
        return IsJson(line.Bytes.Span) ? throw broken : false;
    }

    static bool IsJson(ReadOnlySpan<byte> text)
    {
        try
        {
            JsonElement.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
