using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NeedleBench.Training.Synthesis;

/// <summary>A buffer to write one JSON value after the other into. One a thread.</summary>
sealed class JsonScratch : IDisposable
{
    static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    static JsonScratch? _current;

    readonly ArrayBufferWriter<byte> _buffer = new(1024);

    public JsonScratch() => Writer = new Utf8JsonWriter(_buffer, Options);

    public static JsonScratch Current => _current ??= new JsonScratch();

    public Utf8JsonWriter Writer { get; }

    /// <summary>Empties the buffer.</summary>
    public Utf8JsonWriter Begin()
    {
        _buffer.ResetWrittenCount();
        Writer.Reset();
        return Writer;
    }

    /// <summary>What was written since <see cref="Begin"/>.</summary>
    public JsonElement End()
    {
        Writer.Flush();
        return JsonElement.Parse(_buffer.WrittenSpan);
    }

    public void Dispose() => Writer.Dispose();
}
