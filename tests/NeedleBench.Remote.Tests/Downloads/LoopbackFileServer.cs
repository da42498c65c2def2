using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace NeedleBench.Tests;

/// <summary>A file server on this machine that answers GET as a script says, faults included. One request a connection.</summary>
sealed class LoopbackFileServer : IDisposable
{
    readonly LoopbackServer _server;
    readonly ConcurrentQueue<FileRequest> _requests = new();
    readonly Func<FileRequest, FileReply> _script;

    public LoopbackFileServer(Func<FileRequest, FileReply> script)
    {
        _script = script;
        _server = new LoopbackServer(AnswerAsync);
        Address = new Uri($"http://127.0.0.1:{_server.Port}");
    }

    public Uri Address { get; }

    public IReadOnlyList<FileRequest> Requests => [.. _requests];

    public void Dispose() => _server.Dispose();

    async Task AnswerAsync(NetworkStream stream, CancellationToken end)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        var first = await reader.ReadLineAsync(end) ?? throw new IOException("the client left");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(end) is { Length: > 0 } line)
        {
            headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }

        FileRequest request;
        lock (_requests)
        {
            request = new FileRequest(_requests.Count, first.Split(' ')[1], headers);
            _requests.Enqueue(request);
        }

        await WriteAsync(stream, _script(request), end);
    }

    static async Task WriteAsync(NetworkStream stream, FileReply reply, CancellationToken end)
    {
        var head = new StringBuilder($"HTTP/1.1 {reply.Status} Scripted\r\nConnection: close\r\n");
        foreach (var header in reply.HasLength ? [.. reply.Headers, $"Content-Length: {reply.Body.Length}"] : reply.Headers)
        {
            head.Append(header).Append("\r\n");
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}\r\n"), end);
        var before = reply.CutAfter ?? (reply.Gate is null ? reply.Body.Length : 0);
        await stream.WriteAsync(reply.Body.AsMemory(0, Math.Min(before, reply.Body.Length)), end);
        if (reply.Gate is { } gate)
        {
            await gate.WaitAsync(end);
            await stream.WriteAsync(reply.Body.AsMemory(before), end);
        }
    }
}
