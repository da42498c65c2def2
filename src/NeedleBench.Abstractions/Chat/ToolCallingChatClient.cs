using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace NeedleBench.Chat;

/// <summary>
/// Any of our models as an <see cref="IChatClient"/>. Single shot: the last user message is the request, the function
/// declarations among the options' tools are what may be called. A refusal is an empty text; text that could not be read
/// as calls is handed on as text.
/// </summary>
/// <param name="model">The model; owned by the adapter.</param>
public sealed class ToolCallingChatClient(IToolCallingModel model) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var query = messages.LastOrDefault(m => m.Role == ChatRole.User)?.Text
            ?? throw new ArgumentException("There is no user message to answer.", nameof(messages));
        var tools = (options?.Tools ?? []).OfType<AIFunctionDeclaration>()
            .Select(t => new ToolDefinition(t.Name, t.Description, t.JsonSchema))
            .ToList();

        var answer = await model.CallAsync(new ToolCallRequest(query, tools) { MaxOutputTokens = options?.MaxOutputTokens }, cancellationToken);
        var contents = answer.Failure is null
            ? answer.Calls.Select((call, i) => (AIContent)new FunctionCallContent($"call_{i}", call.Name, Arguments(call))).ToList()
            : [new TextContent(answer.RawText)];

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ModelId = model.Info.Name,
            FinishReason = answer.Failure?.Kind == ParseFailureKind.Truncated ? ChatFinishReason.Length
                : answer.Failure is null && answer.Calls.Count > 0 ? ChatFinishReason.ToolCalls
                : ChatFinishReason.Stop,
            Usage = new UsageDetails
            {
                InputTokenCount = answer.Timing.PromptTokens,
                OutputTokenCount = answer.Timing.GeneratedTokens,
                TotalTokenCount = answer.Timing.PromptTokens + answer.Timing.GeneratedTokens,
            },
        };
    }

    /// <summary>One burst: a call is of no use before it is whole.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("needlebench", defaultModelId: model.Info.Name)
            : serviceType.IsInstanceOfType(model) ? model
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose() => model.Dispose();

    static Dictionary<string, object?> Arguments(ToolCall call) =>
        call.Arguments.EnumerateObject().GroupBy(p => p.Name).ToDictionary(g => g.Key, object? (g) => g.Last().Value.Clone());
}
