using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NeedleBench.Tests;

/// <summary>A file server on this machine that answers GET as a script says, faults included. One request a connection.</summary>
sealed class LoopbackFileServer : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _end = new();
    readonly ConcurrentQueue<FileRequest> _requests = new();
    readonly Func<FileRequest, FileReply> _script;
    readonly Task _serving;

    public LoopbackFileServer(Func<FileRequest, FileReply> script)
    {
        _script = script;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public IReadOnlyList<FileRequest> Requests => [.. _requests];

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
            using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
            var first = await reader.ReadLineAsync(_end.Token) ?? throw new IOException("the client left");
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 } line)
            {
                headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            }

            FileRequest request;
            lock (_requests)
            {
                request = new FileRequest(_requests.Count, first.Split(' ')[1], headers);
                _requests.Enqueue(request);
            }

            await WriteAsync(stream, _script(request));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            // The client gave up, or the test is over.
        }
    }

    async Task WriteAsync(NetworkStream stream, FileReply reply)
    {
        var head = new StringBuilder($"HTTP/1.1 {reply.Status} Scripted\r\nConnection: close\r\n");
        foreach (var header in reply.HasLength ? [.. reply.Headers, $"Content-Length: {reply.Body.Length}"] : reply.Headers)
        {
            head.Append(header).Append("\r\n");
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}\r\n"), _end.Token);
        var before = reply.CutAfter ?? (reply.Gate is null ? reply.Body.Length : 0);
        await stream.WriteAsync(reply.Body.AsMemory(0, Math.Min(before, reply.Body.Length)), _end.Token);
        if (reply.Gate is { } gate)
        {
            await gate.WaitAsync(_end.Token);
            await stream.WriteAsync(reply.Body.AsMemory(before), _end.Token);
        }
    }
}
