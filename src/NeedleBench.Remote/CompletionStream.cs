using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using NeedleBench.Chat;

namespace NeedleBench.Remote;

/// <summary>
/// Reads a streamed answer: server-sent events of <c>chat.completion.chunk</c> objects, then <c>[DONE]</c>. Lenient where
/// servers differ (unknown finish reasons, <c>reasoning</c> or <c>reasoning_content</c>), strict about the end: a stream
/// without a finish reason was cut.
/// </summary>
static class CompletionStream
{
    /// <exception cref="ServerFault">The stream is cut, or holds an error.</exception>
    /// <exception cref="JsonException">An event is not JSON.</exception>
    public static async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        Stream stream, FunctionNames names, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var calls = new FunctionCallAssembler(names);
        ChatFinishReason? finished = null;
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (item.Data.Length == 0)
            {
                continue;
            }

            if (item.Data == "[DONE]")
            {
                break;
            }

            var chunk = JsonElement.Parse(item.Data);
            if (ServerFaults.ErrorText(chunk) is { } error)
            {
                throw new ServerFault($"the server broke off: {ServerFaults.OneLine(error).TrimEnd('.')}", "See the server's log.") { IsTransient = true };
            }

            var update = new ChatResponseUpdate { Role = ChatRole.Assistant, Contents = [.. Read(chunk, calls, ref finished)] };
            if (update.Contents.Count > 0)
            {
                yield return update;
            }
        }

        yield return new ChatResponseUpdate
        {
            Role = ChatRole.Assistant,
            Contents = [.. calls.Finish()],
            FinishReason = finished
                ?? throw new ServerFault("the stream ended before the answer did", "See the server's log.") { IsTransient = true },
        };
    }

    static List<AIContent> Read(JsonElement chunk, FunctionCallAssembler calls, ref ChatFinishReason? finished)
    {
        var contents = new List<AIContent>();
        if (chunk.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("an event is no object");
        }

        if (chunk.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object)
        {
            contents.Add(new UsageContent(new UsageDetails
            {
                InputTokenCount = Number(usage, "prompt_tokens"),
                OutputTokenCount = Number(usage, "completion_tokens"),
                TotalTokenCount = Number(usage, "total_tokens"),
            }));
        }

        if (!chunk.TryGetProperty("choices", out var choices) || choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() == 0)
        {
            return contents; // the last chunk has the usage only
        }

        var choice = choices[0];
        if (choice.TryGetProperty("finish_reason", out var reason) && reason.ValueKind == JsonValueKind.String)
        {
            finished = new ChatFinishReason(reason.GetString() is { Length: > 0 } text ? text : "stop");
        }

        if (choice.TryGetProperty("delta", out var delta) && delta.ValueKind == JsonValueKind.Object)
        {
            ReadDelta(delta, calls, contents);
        }

        return contents;
    }

    static void ReadDelta(JsonElement delta, FunctionCallAssembler calls, List<AIContent> contents)
    {
        if ((Text(delta, "reasoning_content") ?? Text(delta, "reasoning")) is { } reasoning)
        {
            contents.Add(new TextReasoningContent(reasoning));
        }

        if (Text(delta, "content") is { } text)
        {
            contents.Add(new TextContent(text));
        }

        if (delta.TryGetProperty("tool_calls", out var pieces) && pieces.ValueKind == JsonValueKind.Array)
        {
            foreach (var piece in pieces.EnumerateArray())
            {
                calls.Add(piece);
                contents.Add(new FunctionCallProgress());
            }
        }
    }

    static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    static long? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : null;
}
