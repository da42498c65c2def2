using System.Collections.Concurrent;
using System.Net;
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
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _end = new();
    readonly ConcurrentQueue<ChatServerRequest> _requests = new();
    readonly Func<ChatServerRequest, ChatServerReply> _script;
    readonly Task _serving;

    public LoopbackChatServer(Func<ChatServerRequest, ChatServerReply> script)
    {
        _script = script;
        _listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1";
        _serving = ServeAsync();
    }

    /// <summary>Answers with these in turn; the last one stays.</summary>
    public LoopbackChatServer(params ChatServerReply[] replies)
        : this(request => replies[Math.Min(request.Number, replies.Length - 1)])
    {
    }

    public string Address { get; }

    /// <summary>The chat requests so far.</summary>
    public IReadOnlyList<ChatServerRequest> Requests => [.. _requests];

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        _serving.Wait(TimeSpan.FromSeconds(10));
        _end.Dispose();
    }

    async Task ServeAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    async Task AnswerAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            await using var stream = client.GetStream();
            var (headers, body) = await ReadAsync(stream);
            if (!headers.StartsWith("POST", StringComparison.Ordinal))
            {
                await WriteAsync(stream, new ChatServerReply("""{"object":"list","data":[]}""") { ContentType = "application/json" });
                return;
            }

            ChatServerRequest request;
            lock (_requests)
            {
                request = new ChatServerRequest(_requests.Count, headers, JsonElement.Parse(body), TimeProvider.System.GetTimestamp());
                _requests.Enqueue(request);
            }

            await WriteAsync(stream, _script(request));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            // The client gave up, or the test is over.
        }
    }

    async Task<(string Headers, string Body)> ReadAsync(NetworkStream stream)
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

            var read = await stream.ReadAsync(buffer, _end.Token);
            if (read == 0)
            {
                throw new IOException("the client left");
            }

            bytes.AddRange(buffer.AsSpan(0, read));
        }
    }

    async Task WriteAsync(NetworkStream stream, ChatServerReply reply)
    {
        if (reply.IsSilent)
        {
            await Task.Delay(Timeout.Infinite, _end.Token);
        }

        var header = reply.Header is null ? "" : $"{reply.Header}\r\n";
        var body = Encoding.UTF8.GetBytes(reply.Body);
        var head = $"HTTP/1.1 {reply.Status} Scripted\r\nContent-Type: {reply.ContentType}\r\n{header}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _end.Token);
        if (body.Length > 0)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), _end.Token);
            await stream.WriteAsync(body, _end.Token);
            await stream.WriteAsync("\r\n"u8.ToArray(), _end.Token);
        }

        if (!reply.IsCut)
        {
            await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), _end.Token);
        }
    }
}
