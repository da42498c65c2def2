using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace NeedleBench.Tests;

/// <summary>
/// An OpenAI-compatible server on 127.0.0.1 that answers <c>POST …/chat/completions</c> as a script says, faults included. Every
/// other request gets an empty list. One request a connection.
/// </summary>
sealed class LoopbackChatServer : IDisposable
{
    readonly LoopbackServer _server;
    readonly ConcurrentQueue<ChatServerRequest> _requests = new();
    readonly Func<ChatServerRequest, ChatServerReply> _script;

    public LoopbackChatServer(Func<ChatServerRequest, ChatServerReply> script)
    {
        _script = script;
        _server = new LoopbackServer(AnswerAsync);
        Address = $"http://127.0.0.1:{_server.Port}/v1";
    }

    /// <summary>Answers with these in turn; the last one stays.</summary>
    public LoopbackChatServer(params ChatServerReply[] replies)
        : this(request => replies[Math.Min(request.Number, replies.Length - 1)])
    {
    }

    public string Address { get; }

    /// <summary>The chat requests so far.</summary>
    public IReadOnlyList<ChatServerRequest> Requests => [.. _requests];

    public void Dispose() => _server.Dispose();

    async Task AnswerAsync(NetworkStream stream, CancellationToken end)
    {
        var (headers, body) = await ReadAsync(stream, end);
        if (!headers.StartsWith("POST", StringComparison.Ordinal))
        {
            await WriteAsync(stream, new ChatServerReply("""{"object":"list","data":[]}""") { ContentType = "application/json" }, end);
            return;
        }

        ChatServerRequest request;
        lock (_requests)
        {
            request = new ChatServerRequest(_requests.Count, headers, JsonElement.Parse(body), TimeProvider.System.GetTimestamp());
            _requests.Enqueue(request);
        }

        await WriteAsync(stream, _script(request), end);
    }

    static async Task<(string Headers, string Body)> ReadAsync(NetworkStream stream, CancellationToken cancel)
    {
        var bytes = new List<byte>();
        var buffer = new byte[1 << 14];
        while (true)
        {
            var end = Encoding.Latin1.GetString([.. bytes]).IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                var headers = Encoding.Latin1.GetString([.. bytes.Take(end)]);
                var length = headers.Split("\r\n").Where(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                    .Select(l => int.Parse(l.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)).FirstOrDefault();
                if (bytes.Count >= end + 4 + length)
                {
                    return (headers, Encoding.UTF8.GetString([.. bytes.Skip(end + 4).Take(length)]));
                }
            }

            var read = await stream.ReadAsync(buffer, cancel);
            if (read == 0)
            {
                throw new IOException("the client left");
            }

            bytes.AddRange(buffer.AsSpan(0, read));
        }
    }

    static async Task WriteAsync(NetworkStream stream, ChatServerReply reply, CancellationToken end)
    {
        if (reply.IsSilent)
        {
            await Task.Delay(Timeout.Infinite, end);
        }

        var header = reply.Header is null ? "" : $"{reply.Header}\r\n";
        var body = Encoding.UTF8.GetBytes(reply.Body);
        var head = $"HTTP/1.1 {reply.Status} Scripted\r\nContent-Type: {reply.ContentType}\r\n{header}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), end);
        if (body.Length > 0)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), end);
            await stream.WriteAsync(body, end);
            await stream.WriteAsync("\r\n"u8.ToArray(), end);
        }

        if (!reply.IsCut)
        {
            await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), end);
        }
    }
}
