using System.Text.Json;

namespace NeedleBench.Tests;

/// <summary>What a <see cref="LoopbackChatServer"/> does with a request.</summary>
sealed record ChatServerReply(string Body)
{
    public int Status { get; init; } = 200;

    public string ContentType { get; init; } = "text/event-stream";

    /// <summary>A line such as <c>Retry-After: 1</c>.</summary>
    public string? Header { get; init; }

    /// <summary>Whether the connection breaks after the body, which says that more is to come.</summary>
    public bool IsCut { get; init; }

    /// <summary>Whether nothing at all is answered.</summary>
    public bool IsSilent { get; init; }

    public static ChatServerReply Silence { get; } = new("") { IsSilent = true };

    public static ChatServerReply Error(int status, string? header = null) => new($$$"""{"error":{"message":"scripted {{{status}}}"}}""")
    {
        Status = status,
        ContentType = "application/json",
        Header = header,
    };

    /// <summary>A streamed text, in two pieces.</summary>
    public static ChatServerReply Text(string text, string finish = "stop") => Stream(
        Delta(new { role = "assistant", content = "" }),
        Delta(new { content = text[..(text.Length / 2)] }),
        Delta(new { content = text[(text.Length / 2)..] }),
        Finish(finish),
        Usage(31, 7));

    /// <summary>Events, as they stand, then the end.</summary>
    public static ChatServerReply Stream(params string[] events) => new(Events([.. events, "[DONE]"]));

    /// <summary>Events, as they stand, without an end.</summary>
    public static ChatServerReply Unfinished(params string[] events) => new(Events(events));

    public static string Delta(object delta) => JsonSerializer.Serialize(new { @object = "chat.completion.chunk", choices = new[] { new { index = 0, delta } } });

    /// <summary>A piece of a function call; a name only in the first.</summary>
    public static string CallDelta(int index, string? name, string arguments) => Delta(new
    {
        tool_calls = new[] { name is null ? new { index, function = (object)new { arguments } } : new { index, function = (object)new { name, arguments } } },
    });

    public static string Finish(string reason) => JsonSerializer.Serialize(new { choices = new[] { new { index = 0, delta = new { }, finish_reason = reason } } });

    public static string Usage(int prompt, int completion) => JsonSerializer.Serialize(
        new { choices = Array.Empty<object>(), usage = new { prompt_tokens = prompt, completion_tokens = completion, total_tokens = prompt + completion } });

    static string Events(IEnumerable<string> events) => string.Concat(events.Select(e => $"data: {e}\n\n"));
}
