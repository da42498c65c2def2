using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.Http.Headers;
using System.Text.Json;

namespace NeedleBench.Remote;

/// <summary>Turns what the OpenAI package throws into a <see cref="ServerFault"/> that says what to do.</summary>
static class ServerFaults
{
    const int MostShown = 300;

    /// <summary>The fault, or null where <paramref name="exception"/> is not the server's.</summary>
    public static ServerFault? From(Exception exception, TimeProvider time) => exception switch
    {
        ServerFault known => known,
        ClientResultException { Status: > 0 } refused => FromStatus(refused, time),
        ClientResultException { InnerException: { } inner } when From(inner, time) is { } fault => fault,
        HttpRequestException { HttpRequestError: not HttpRequestError.ResponseEnded } => new ServerFault(
            $"nobody answers there ({Innermost(exception)})",
            "Start the server, or correct the address in the model spec.", exception)
        { IsTransient = true, IsUnreachable = true },
        IOException or HttpRequestException or ClientResultException => new ServerFault(
            $"the connection was cut ({Innermost(exception)})", "See the server's log.", exception)
        { IsTransient = true },
        JsonException => new ServerFault(
            $"the answer is not JSON ({exception.Message.Split(" LineNumber:")[0].TrimEnd('.')})",
            "Check that the address is that of an OpenAI-compatible server; it ends in /v1, as a rule.", exception)
        { IsTransient = true },
        _ => null,
    };

    public static ServerFault TimedOut(TimeSpan timeout) => new(
        FormattableString.Invariant($"there was no whole answer within {timeout.TotalSeconds:0.###} s"),
        "Raise the timeout in the model spec (timeout=600), or lower max_tokens.")
    { IsTransient = true };

    static ServerFault FromStatus(ClientResultException e, TimeProvider time)
    {
        var response = e.GetRawResponse();
        var mend = e.Status switch
        {
            401 or 403 => "Set OPENAI_API_KEY to a key that this server takes.",
            404 => "Check the model's name, and the address: it ends in /v1, as a rule.",
            408 or 429 => "Wait, or ask less often.",
            >= 500 => "See the server's log.",
            _ => "The server does not take the request as it is; its message says why.",
        };
        return new ServerFault(
            $"the server answers {e.Status} {response?.ReasonPhrase}{Message(response)}".TrimEnd(), mend, e)
        {
            IsTransient = e.Status is 408 or 429 or >= 500,
            RetryAfter = response is null ? null : RetryAfter(response, time),
        };
    }

    /// <summary>Seconds or a date (RFC 9110, section 10.2.3); a date that is over is no wait.</summary>
    static TimeSpan? RetryAfter(PipelineResponse response, TimeProvider time)
    {
        if (!response.Headers.TryGetValue("Retry-After", out var text) || !RetryConditionHeaderValue.TryParse(text, out var value))
        {
            return null;
        }

        var wait = value.Delta ?? value.Date - time.GetUtcNow();
        return wait is { Ticks: < 0 } ? TimeSpan.Zero : wait;
    }

    // {"error":{"message":"…"}}, as OpenAI's; or whatever stands there, cut.
    static string Message(PipelineResponse? response)
    {
        string text;
        try
        {
            text = response?.Content.ToString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return ""; // the content was not read: its connection broke first
        }

        try
        {
            var root = JsonElement.Parse(text);
            text = ErrorText(root) ?? text;
        }
        catch (JsonException)
        {
            // Proxies answer in HTML.
        }

        text = OneLine(text);
        return text.Length == 0 ? "" : $": {text.TrimEnd('.')}";
    }

    /// <summary>The message of <c>{"error":{"message":"…"}}</c> or <c>{"error":"…"}</c>; null where there is no error.</summary>
    public static string? ErrorText(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("error", out var error)
            || error.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        return error.ValueKind == JsonValueKind.Object && error.TryGetProperty("message", out var message)
            && message.ValueKind == JsonValueKind.String
            ? message.GetString()!
            : error.ValueKind == JsonValueKind.String ? error.GetString()! : error.GetRawText();
    }

    public static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.Length > MostShown ? line[..MostShown] + "…" : line;
    }

    static string Innermost(Exception e)
    {
        while (e.InnerException is { } inner)
        {
            e = inner;
        }

        return OneLine(e.Message).TrimEnd('.');
    }
}
