using System.Buffers;
using System.ClientModel;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace NeedleBench.Remote;

/// <summary>Writes the body of <c>POST /chat/completions</c>.</summary>
static class CompletionRequest
{
    /// <param name="messages">Of text only.</param>
    /// <exception cref="NotSupportedException">A message holds something else than text.</exception>
    public static BinaryContent Write(OpenAiOptions server, IEnumerable<ChatMessage> messages, ChatOptions? options, FunctionNames names)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("model"u8, server.Model);
            WriteMessages(writer, messages);
            writer.WriteBoolean("stream"u8, true);
            writer.WriteStartObject("stream_options"u8);
            writer.WriteBoolean("include_usage"u8, true);
            writer.WriteEndObject();
            WriteSettings(writer, server, options);
            WriteTools(writer, options, names);
            writer.WriteEndObject();
        }

        return BinaryContent.Create(BinaryData.FromBytes(buffer.WrittenMemory));
    }

    static void WriteMessages(Utf8JsonWriter writer, IEnumerable<ChatMessage> messages)
    {
        writer.WriteStartArray("messages"u8);
        foreach (var message in messages)
        {
            if (message.Contents.Any(content => content is not TextContent))
            {
                throw new NotSupportedException("Only messages of text can be sent.");
            }

            writer.WriteStartObject();
            writer.WriteString("role"u8, message.Role.Value);
            writer.WriteString("content"u8, message.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    static void WriteSettings(Utf8JsonWriter writer, OpenAiOptions server, ChatOptions? options)
    {
        // What the spec says leads: it is what the user wrote, and what results are named by.
        if (server.Temperature is { } temperature)
        {
            writer.WriteNumber("temperature"u8, temperature);
        }
        else if (options?.Temperature is { } asked)
        {
            writer.WriteNumber("temperature"u8, asked); // a float: 0.8, not 0.800000011920929
        }

        if (options?.Seed is { } seed)
        {
            writer.WriteNumber("seed"u8, seed);
        }

        if ((options?.MaxOutputTokens ?? server.MaxTokens) is { } limit)
        {
            // OpenAI's newer models refuse max_tokens; Ollama and older servers know nothing else.
            var isOpenAi = server.Endpoint.Host.EndsWith("openai.com", StringComparison.OrdinalIgnoreCase);
            writer.WriteNumber(isOpenAi ? "max_completion_tokens"u8 : "max_tokens"u8, limit);
        }
    }

    static void WriteTools(Utf8JsonWriter writer, ChatOptions? options, FunctionNames names)
    {
        // An empty list is refused by some servers; leaving it out says the same.
        if (options?.Tools is not { Count: > 0 } tools)
        {
            return;
        }

        writer.WriteStartArray("tools"u8);
        foreach (var tool in tools.OfType<AIFunctionDeclaration>())
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "function"u8);
            writer.WriteStartObject("function"u8);
            writer.WriteString("name"u8, names.Send(tool.Name));
            writer.WriteString("description"u8, tool.Description);
            writer.WritePropertyName("parameters"u8);
            tool.JsonSchema.WriteTo(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
