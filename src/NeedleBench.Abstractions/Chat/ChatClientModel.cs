using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace NeedleBench.Chat;

/// <summary>
/// Any <see cref="IChatClient"/> as a model under test. The tools go over as function declarations with their JSON
/// schema; function-call contents come back as calls, or as a failure where <see cref="FunctionCallContent.Exception"/> is
/// set. Answers are streamed, so that the time to first token is seen.
/// </summary>
/// <param name="client">The client; owned by the adapter.</param>
/// <param name="info">What to call it in results.</param>
/// <param name="options">Sent with every request, tools and token limit added; temperature 0 unless it says otherwise.</param>
public sealed class ChatClientModel(IChatClient client, ModelInfo info, ChatOptions? options = null) : IToolCallingModel
{
    public ModelInfo Info { get; } = info;

    public async ValueTask<ToolCallResponse> CallAsync(ToolCallRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var chatOptions = options?.Clone() ?? new ChatOptions { Temperature = 0 };
        chatOptions.Tools = [.. request.Tools.Select(t => AIFunctionFactory.CreateDeclaration(t.Name, t.Description, t.Schema))];
        chatOptions.MaxOutputTokens = request.MaxOutputTokens ?? chatOptions.MaxOutputTokens;

        var started = Stopwatch.GetTimestamp();
        double? firstToken = null;
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, request.Query)], chatOptions, cancellationToken))
        {
            // Role-only and usage-only updates come before or after the text: they are no token.
            if (firstToken is null && update.Contents.Any(c => c is FunctionCallContent or FunctionCallProgress or TextContent { Text.Length: > 0 } or TextReasoningContent))
            {
                firstToken = Stopwatch.GetElapsedTime(started).TotalSeconds;
            }

            updates.Add(update);
        }

        var total = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var response = updates.ToChatResponse();
        var contents = response.Messages.SelectMany(m => m.Contents).ToList();
        var calls = new List<ToolCall>();
        var unread = new List<string>();
        var failure = response.FinishReason == ChatFinishReason.Length
            ? new ParseFailure(ParseFailureKind.Truncated, "the server stopped at its token limit")
            : null;
        foreach (var call in contents.OfType<FunctionCallContent>())
        {
            if (call.Exception is { } e)
            {
                failure ??= new ParseFailure(ParseFailureKind.NotACall, $"the client could not read the arguments of '{call.Name}': {e.Message}");
                if (call.RawRepresentation is string raw)
                {
                    unread.Add($"{call.Name}({raw})");
                }

                continue;
            }

            calls.Add(new ToolCall(call.Name, JsonSerializer.SerializeToElement(call.Arguments ?? new Dictionary<string, object?>(), AIJsonUtilities.DefaultOptions)));
        }

        var first = firstToken ?? total;
        return new ToolCallResponse
        {
            // A chat model that refuses answers in prose; its text is kept, and no call is made. Arguments that cannot be
            // read are kept as they came, where the client hands them on.
            RawText = unread.Count > 0 ? string.Join('\n', unread) : calls.Count > 0 ? ToolCallJson.Write(calls) : response.Text,
            Calls = failure is null ? calls : [],
            Failure = failure,
            Timing = new GenerationTiming(
                (int)(response.Usage?.InputTokenCount ?? 0), (int)(response.Usage?.OutputTokenCount ?? 0), first, total - first, first),
        };
    }

    public void Dispose() => client.Dispose();
}
