using NeedleBench.Remote.Downloads;

namespace NeedleBench.Remote.Tests.Downloads;

public sealed class DownloadResumeTests : IDisposable
{
    readonly PullRoom _room = new();

    public void Dispose() => _room.Dispose();

    [Fact]
    public async Task A_file_lands_whole_after_50_cuts_and_no_byte_is_asked_for_twice()
    {
        using var server = new LoopbackFileServer(r => FileReply.File(r, _room.Content) with { CutAfter = r.Number < 50 ? 3_000 : null });

        await _room.PullAsync(server);

        Assert.Equal(_room.Content, File.ReadAllBytes(_room.Landed));
        Assert.Equal(51, server.Requests.Count);
        Assert.Equal(Enumerable.Range(0, 51).Select(i => i * 3_000), server.Requests.Select(r => r.Offset));
        Assert.All(server.Requests.Skip(1), r => Assert.Equal("\"v1\"", r["If-Range"]));
    }

    [Fact]
    public async Task A_server_that_never_brings_a_byte_further_is_given_up_after_the_retries()
    {
        _room.Options = _room.Options with { Retries = 2 };
        using var server = new LoopbackFileServer(r => FileReply.File(r, _room.Content) with { CutAfter = r.Number == 0 ? 3_000 : 0 });

        var e = await Assert.ThrowsAsync<DownloadException>(() => _room.PullAsync(server));

        Assert.Contains("cut", e.Message, StringComparison.Ordinal);
        Assert.Equal(4, server.Requests.Count); // one that came further, then one and its two retries
        Assert.Equal(3_000, new FileInfo(_room.Part).Length);
        _room.AssertNothingLanded();
    }

    [Fact]
    public async Task A_file_that_changes_between_two_attempts_begins_anew()
    {
        var before = _room.Content.Select(b => (byte)~b).ToArray();
        using var server = new LoopbackFileServer(r => r.Number == 0
            ? FileReply.File(r, before, "\"v1\"") with { CutAfter = 5_000 }
            : FileReply.File(r, _room.Content, "\"v2\""));

        await _room.PullAsync(server);

        Assert.Equal(_room.Content, File.ReadAllBytes(_room.Landed));
    }

    [Fact]
    public async Task A_server_that_ignores_If_Range_but_tells_another_ETag_does_not_get_two_files_joined()
    {
        var before = _room.Content.Select(b => (byte)~b).ToArray();
        using var server = new LoopbackFileServer(r =>
        {
            var content = r.Number == 0 ? before : _room.Content;
            var etag = r.Number == 0 ? "ETag: \"v1\"" : "ETag: \"v2\"";
            return r.Offset == 0
                ? new FileReply(200, content, etag) { CutAfter = r.Number == 0 ? 5_000 : null }
                : new FileReply(206, content[r.Offset..], etag, $"Content-Range: bytes {r.Offset}-{content.Length - 1}/{content.Length}");
        });

        await _room.PullAsync(server);

        Assert.Equal(_room.Content, File.ReadAllBytes(_room.Landed));
        Assert.Equal([0, 5_000, 0], server.Requests.Select(r => r.Offset));
    }

    [Fact]
    public async Task An_answer_that_starts_elsewhere_than_asked_is_not_written()
    {
        using var server = new LoopbackFileServer(r => r.Number switch
        {
            0 => FileReply.File(r, _room.Content) with { CutAfter = 5_000 },
            1 => new FileReply(206, _room.Content[4_000..], "ETag: \"v1\"", $"Content-Range: bytes 4000-{_room.Content.Length - 1}/{_room.Content.Length}"),
            _ => FileReply.File(r, _room.Content),
        });

        await _room.PullAsync(server);

        Assert.Equal(_room.Content, File.ReadAllBytes(_room.Landed));
    }

    [Fact]
    public async Task A_server_without_ranges_sends_all_again()
    {
        using var server = new LoopbackFileServer(r => FileReply.Whole(_room.Content) with { CutAfter = r.Number < 2 ? 5_000 + (5_000 * r.Number) : null });

        await _room.PullAsync(server);

        Assert.Equal(_room.Content, File.ReadAllBytes(_room.Landed));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_cut_at_the_same_byte_every_time_without_ranges_comes_to_an_end()
    {
        _room.Options = _room.Options with { Retries = 2 };
        using var server = new LoopbackFileServer(_ => FileReply.Whole(_room.Content) with { CutAfter = 5_000 });

        await Assert.ThrowsAsync<DownloadException>(() => _room.PullAsync(server));

        Assert.Equal(4, server.Requests.Count);
        _room.AssertNothingLanded();
    }

    [Fact]
    public async Task What_a_stopped_pull_received_is_kept_and_a_later_one_goes_on_from_there()
    {
        using var stop = new CancellationTokenSource();
        var never = new TaskCompletionSource();
        using var server = new LoopbackFileServer(r => FileReply.File(r, _room.Content) with { CutAfter = r.Number == 0 ? 70_000 : null, Gate = r.Number == 0 ? never.Task : null });
        var observer = new RecordingObserver(bytes =>
        {
            if (bytes == 70_000)
            {
                stop.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _room.PullAsync(server, observer, stop.Token));

        _room.AssertNothingLanded();
        Assert.Equal(_room.Content[..70_000], File.ReadAllBytes(_room.Part));

        await _room.PullAsync(server);

        Assert.Equal(_room.Content, File.ReadAllBytes(_room.Landed));
        Assert.Equal([0, 70_000], server.Requests.Select(r => r.Offset));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{\"Address\":\"")]
    [InlineData("{\"Address\":\"http://127.0.0.1:1/o/m/resolve/main/onnx/model_q4.onnx\",\"ETag\":\"\\\"v1\\\"\",\"Size\":200000,\"Announced\":null}")]
    public async Task Bytes_that_a_killed_process_left_without_a_note_that_fits_them_are_not_built_upon(string? note)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_room.Part)!);
        File.WriteAllBytes(_room.Part, new byte[10_000]);
        if (note is not null)
        {
            File.WriteAllText(_room.Part + ".json", note);
        }

        using var server = new LoopbackFileServer(r => FileReply.File(r, _room.Content));
        await _room.PullAsync(server);

        Assert.Equal(_room.Content, File.ReadAllBytes(_room.Landed));
        Assert.Equal(0, Assert.Single(server.Requests).Offset);
    }

    [Fact]
    public async Task A_process_killed_after_the_last_byte_left_a_file_that_lands_without_being_asked_for_again()
    {
        using var server = new LoopbackFileServer(r => FileReply.File(r, _room.Content));
        Directory.CreateDirectory(Path.GetDirectoryName(_room.Part)!);
        File.WriteAllBytes(_room.Part, _room.Content);
        File.WriteAllText(_room.Part + ".json", $$"""{"Address":"{{server.Address.AbsoluteUri.TrimEnd('/')}}{{PullRoom.FirstPath}}","ETag":"\"v1\"","Size":200000,"Announced":null}""");

        await _room.PullAsync(server);

        Assert.Equal(_room.Content, File.ReadAllBytes(_room.Landed));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_range_beyond_the_end_means_that_all_has_come_where_the_size_agrees()
    {
        using var server = new LoopbackFileServer(r => FileReply.File(r, _room.Content));
        Directory.CreateDirectory(Path.GetDirectoryName(_room.Part)!);
        File.WriteAllBytes(_room.Part, _room.Content);
        File.WriteAllText(_room.Part + ".json", $$"""{"Address":"{{server.Address.AbsoluteUri.TrimEnd('/')}}{{PullRoom.FirstPath}}","ETag":"\"v1\"","Size":null,"Announced":null}""");

        await _room.PullAsync(server);

        Assert.Equal(_room.Content, File.ReadAllBytes(_room.Landed));
        Assert.Equal(200_000, Assert.Single(server.Requests).Offset);
    }

    [Fact]
    public async Task Another_server_goes_on_where_the_first_stopped_if_the_hash_is_known()
    {
        _room.Files = [new DownloadableFile(PullRoom.Weights, Sha256: _room.Sha256)];
        _room.Options = _room.Options with { Retries = 0 };
        using var first = new LoopbackFileServer(r => r.Number == 0 ? FileReply.File(r, _room.Content) with { CutAfter = 5_000 } : FileReply.Error(500));
        await Assert.ThrowsAsync<DownloadException>(() => _room.PullAsync(first));

        using var second = new LoopbackFileServer(r => FileReply.File(r, _room.Content, "\"other\""));
        await _room.PullAsync(second);

        Assert.Equal(_room.Content, File.ReadAllBytes(_room.Landed));
        Assert.Equal(5_000, Assert.Single(second.Requests).Offset);
    }

    [Fact]
    public async Task A_connection_that_stands_still_is_left_and_the_rest_asked_for_again()
    {
        _room.Options = _room.Options with { IdleTimeout = TimeSpan.FromSeconds(1) };
        var never = new TaskCompletionSource();
        using var server = new LoopbackFileServer(r => FileReply.File(r, _room.Content) with { CutAfter = r.Number == 0 ? 9_000 : null, Gate = r.Number == 0 ? never.Task : null });
        var observer = new RecordingObserver();

        await _room.PullAsync(server, observer);

        Assert.Equal(_room.Content, File.ReadAllBytes(_room.Landed));
        Assert.Contains(observer.Retries, r => r.Problem.StartsWith("nothing came for 1 s", StringComparison.Ordinal));
    }
}
