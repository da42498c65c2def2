using System.Net;
using System.Security.Cryptography;
using Polly;

namespace NeedleBench.Remote.Downloads;

/// <summary>
/// One file, from its first byte to its own name: resumed where the content is still the same, begun anew where not, and landed only
/// when it is what it should be.
/// </summary>
sealed class FileDownload
{
    const int BufferSize = 1 << 17;

    readonly ModelServer _server;
    readonly Uri _base;
    readonly Uri _address;
    readonly DownloadableModel _model;
    readonly DownloadableFile _file;
    readonly ExpectedContent _expected;
    readonly DownloadOptions _options;
    readonly IPullObserver _observer;
    readonly TimeProvider _time;
    readonly PartFile _part;
    readonly ResiliencePipeline _retrying;

    long _furthest;

    public FileDownload(
        ModelServer server, Uri baseAddress, DownloadableModel model, DownloadableFile file, ExpectedContent expected, string folder,
        DownloadOptions options, IPullObserver observer, TimeProvider time)
    {
        _server = server;
        _base = baseAddress;
        _address = ServerAddress.Of(baseAddress, model, file);
        _model = model;
        _file = file;
        _expected = expected;
        _options = options;
        _observer = observer;
        _time = time;
        _part = new PartFile(Path.Combine(folder, file.Path));
        if (_part.Content is { } left && left.Address != $"{_address}")
        {
            if (expected.Sha256 is null)
            {
                _part.Delete();
            }
            else
            {
                // Another server's beginning of a file that the hash will tell to be the same, or not.
                _part.Describe(new PartialContent($"{_address}", null, left.Size, null));
            }
        }

        _furthest = _part.Length;
        _retrying = DownloadRetries.Create(options, time, (problem, wait) => observer.Retrying(file.Path, problem, wait));
    }

    enum Attempt
    {
        Whole,
        Further,
        Absent,
    }

    /// <summary>Downloads and verifies the file; null where it is optional and the server has none.</summary>
    /// <exception cref="DownloadException">It did not come, or is not what it should be.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired; what has come is kept.</exception>
    public async Task<PinnedFile?> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A cut that brought the file further starts the count of retries anew: only standing still is hopeless.
            Attempt attempt;
            do
            {
                attempt = await _retrying.ExecuteAsync(TryAsync, cancellationToken);
            }
            while (attempt == Attempt.Further);
            if (attempt == Attempt.Absent)
            {
                _part.Delete();
                return null;
            }

            return await LandAsync(cancellationToken);
        }
        catch (ServerFault e)
        {
            throw new DownloadException($"{_address}", e.Message, e.Mend, e);
        }
    }

    async ValueTask<Attempt> TryAsync(CancellationToken cancellationToken)
    {
        var before = _furthest;
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ServerFault fault;
        try
        {
            return _part.IsWhole || await ReceiveAsync(idle) ? Attempt.Whole : Attempt.Absent;
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is not DownloadException)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            fault = DownloadFaults.Idle(_options.IdleTimeout);
        }
        catch (Exception e) when (DownloadFaults.OfNetwork(e) is { } known)
        {
            fault = known;
        }

        if (!fault.IsTransient || _furthest == before)
        {
            throw fault;
        }

        _observer.Retrying(_file.Path, fault.Message, _options.Delay);
        await Task.Delay(_options.Delay, _time, cancellationToken);
        return Attempt.Further;
    }

    /// <summary>One request and its answer. False where the server has no such file, and need not.</summary>
    async Task<bool> ReceiveAsync(CancellationTokenSource idle)
    {
        idle.CancelAfter(_options.IdleTimeout);

        // Without a validator, bytes of two contents could be joined; a hash that is known would tell.
        var known = _expected.Sha256 ?? _part.Content?.Announced;
        var offset = _part.Content?.ETag is not null || known is not null ? _part.Length : 0;
        var (response, announced) = await _server.GetAsync(_address, offset, _part.Content?.ETag, idle.Token);
        using var _ = response;
        if (response.Content.Headers.ContentEncoding.Any(e => !e.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            throw new ServerFault("the server sends the file compressed, which was not asked for", "Pull from another server with --from.");
        }

        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                var size = response.Content.Headers.ContentLength;
                CheckSize(size);
                CheckAnnounced(announced);
                CheckEnd(response, size);
                _part.Begin(new PartialContent($"{_address}", Strong(response), size, announced));
                break;
            case HttpStatusCode.PartialContent when offset > 0:
                Continue(response, offset, announced);
                break;
            case HttpStatusCode.RequestedRangeNotSatisfiable when offset > 0:
                if (response.Content.Headers.ContentRange?.Length == _part.Length && announced == _part.Content!.Announced)
                {
                    _part.Describe(_part.Content! with { Size = _part.Length });
                    return true;
                }

                throw Changed();
            case HttpStatusCode.NotFound or HttpStatusCode.Gone when _file.Optional:
                return false;
            default:
                throw DownloadFaults.OfStatus(response, _model.Licence, ServerAddress.Of(_base, _model), _time);
        }

        await CopyAsync(response, idle);
        return true;
    }

    void Continue(HttpResponseMessage response, long offset, string? announced)
    {
        var range = response.Content.Headers.ContentRange;
        var sameContent = (announced is null || _part.Content!.Announced is null || announced == _part.Content.Announced)
            && (Strong(response) is not { } etag || _part.Content!.ETag is not { } before || etag == before)
            && (range?.Length is not { } total || _part.Content!.Size is not { } size || total == size);
        if (range is not { Unit: "bytes" } || range.From != offset || !sameContent)
        {
            throw Changed();
        }

        CheckSize(range.Length);
        CheckEnd(response, range.Length);
        if (range.Length is { } whole && _part.Content!.Size is null)
        {
            _part.Describe(_part.Content with { Size = whole });
        }
    }

    async Task CopyAsync(HttpResponseMessage response, CancellationTokenSource idle)
    {
        var limit = _expected.Size ?? _part.Content!.Size;
        await using var body = await response.Content.ReadAsStreamAsync(idle.Token);
        await using var target = _part.Append();
        var buffer = new byte[BufferSize];
        _observer.Received(_file.Path, _part.Length, limit);
        while (true)
        {
            idle.CancelAfter(_options.IdleTimeout);
            var read = await body.ReadAsync(buffer, idle.Token);
            if (read == 0)
            {
                break;
            }

            if (_part.Length + read > limit)
            {
                _part.Delete();
                throw new ServerFault($"more comes than the {limit} bytes that the file has", "Pull from another server with --from.");
            }

            _part.Write(target, buffer.AsSpan(0, read));
            _furthest = Math.Max(_furthest, _part.Length);
            _observer.Received(_file.Path, _part.Length, limit);
        }

        if (_part.Length < limit)
        {
            throw new ServerFault($"the connection was cut at byte {_part.Length} of {limit}", "Pull again; what has come is kept.") { IsTransient = true };
        }

        _part.Describe(_part.Content! with { Size = _part.Length });
    }

    async Task<PinnedFile> LandAsync(CancellationToken cancellationToken)
    {
        string hash;
        await using (var stream = _part.Read())
        {
            hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
        }

        CheckSize(_part.Length);
        var wanted = _expected.Sha256 ?? _part.Content!.Announced;
        if (wanted is not null && wanted != hash)
        {
            var origin = _expected.Sha256 is null ? "the server's own word" : _expected.Origin;
            _part.Delete();
            throw new DownloadException(
                $"{_address}", $"what came has the SHA-256 {hash}, and by {origin} it should be {wanted}",
                $"Nothing of it was kept. Pull again, or from another server with --from; if {origin} is out of date, correct it.");
        }

        _part.Land();
        return new PinnedFile(_file.Path, _part.Length, hash, $"{_address}", _time.GetUtcNow());
    }

    void CheckSize(long? size)
    {
        if (size is not null && _expected.Size is not null && size != _expected.Size)
        {
            _part.Delete();
            throw new ServerFault($"the server's file has {size} bytes, and by {_expected.Origin} it should have {_expected.Size}", "Pull from another server with --from.");
        }
    }

    void CheckAnnounced(string? announced)
    {
        if (announced is not null && _expected.Sha256 is not null && announced != _expected.Sha256)
        {
            _part.Delete();
            throw new ServerFault(
                $"the server's file has the SHA-256 {announced}, and by {_expected.Origin} it should be {_expected.Sha256}",
                "Pull from another server with --from.");
        }
    }

    // An answer that ends when the connection does cannot be told from one that was cut.
    void CheckEnd(HttpResponseMessage response, long? size)
    {
        if (size is null && _expected.Size is null && response.Version < HttpVersion.Version20 && response.Headers.TransferEncodingChunked != true)
        {
            throw new ServerFault("the server does not say how long the file is", "Pull from another server with --from.");
        }
    }

    ServerFault Changed()
    {
        _part.Delete();
        return new ServerFault("the file changed on the server while it came", "Pull again.") { IsTransient = true };
    }

    static string? Strong(HttpResponseMessage response) => response.Headers.ETag is { IsWeak: false, Tag: not "*" } etag ? etag.Tag : null;
}
