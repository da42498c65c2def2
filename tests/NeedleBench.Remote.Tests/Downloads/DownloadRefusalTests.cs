using NeedleBench.Remote.Downloads;

namespace NeedleBench.Remote.Tests.Downloads;

public sealed class DownloadRefusalTests : IDisposable
{
    readonly PullRoom _room = new();

    public void Dispose() => _room.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(123_456)]
    [InlineData(199_999)]
    public async Task A_single_wrong_byte_is_refused_and_nothing_is_kept(int at)
    {
        _room.Files = [new DownloadableFile(PullRoom.Weights, Sha256: _room.Sha256.ToUpperInvariant())];
        var wrong = _room.Content.ToArray();
        wrong[at] ^= 1;
        using var server = new LoopbackFileServer(r => FileReply.File(r, wrong));

        var e = await Assert.ThrowsAsync<DownloadException>(() => _room.PullAsync(server));

        Assert.Contains(_room.Sha256, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
        _room.AssertNothingLanded();
        Assert.False(File.Exists(_room.Part));
    }

    [Fact]
    public async Task A_wrong_byte_in_a_beginning_that_was_kept_is_refused_and_the_next_pull_is_right()
    {
        _room.Files = [new DownloadableFile(PullRoom.Weights, Sha256: _room.Sha256)];
        var wrong = _room.Content.ToArray();
        wrong[17] ^= 1;
        using var server = new LoopbackFileServer(r => r.Number == 0 ? FileReply.File(r, wrong) with { CutAfter = 5_000 } : FileReply.File(r, _room.Content));

        await Assert.ThrowsAsync<DownloadException>(() => _room.PullAsync(server));
        _room.AssertNothingLanded();
        await _room.PullAsync(server);

        Assert.Equal(_room.Content, File.ReadAllBytes(_room.Landed));
    }

    [Theory]
    [InlineData(199_999)]
    [InlineData(200_001)]
    public async Task A_file_of_another_size_than_the_catalogue_says_is_refused_before_it_comes(long size)
    {
        _room.Files = [new DownloadableFile(PullRoom.Weights, size)];
        using var server = new LoopbackFileServer(r => FileReply.File(r, _room.Content));
        var received = 0L;

        var e = await Assert.ThrowsAsync<DownloadException>(() => _room.PullAsync(server, new RecordingObserver(bytes => received += bytes)));

        Assert.Contains("200000 bytes", e.Message, StringComparison.Ordinal);
        Assert.Equal((0, 1), (received, server.Requests.Count));
        _room.AssertNothingLanded();
    }

    [Fact]
    public async Task An_answer_without_any_sign_of_its_end_is_refused_because_a_cut_one_would_look_the_same()
    {
        using var server = new LoopbackFileServer(_ => FileReply.Whole(_room.Content) with { HasLength = false });

        var e = await Assert.ThrowsAsync<DownloadException>(() => _room.PullAsync(server));

        Assert.Contains("how long", e.Message, StringComparison.Ordinal);
        _room.AssertNothingLanded();
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_gated_model_says_which_licence_to_accept_where_and_which_variable_holds_the_token(int status)
    {
        using var server = new LoopbackFileServer(_ => FileReply.Error(status));

        var e = await Assert.ThrowsAsync<DownloadException>(() => _room.PullAsync(server));

        Assert.Contains($"{status}", e.Message, StringComparison.Ordinal);
        Assert.Contains("HF_TOKEN", e.Message, StringComparison.Ordinal);
        Assert.Contains("Some Licence", e.Message, StringComparison.Ordinal);
        Assert.Contains($"{server.Address.AbsoluteUri}o/m", e.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_missing_file_is_refused_unless_it_is_optional()
    {
        _room.Files = [new DownloadableFile(PullRoom.Weights), new DownloadableFile("onnx/model_q4.onnx_data", Optional: true)];
        using var server = new LoopbackFileServer(r => r.Path == PullRoom.FirstPath ? FileReply.File(r, _room.Content) : FileReply.Error(404));
        var observer = new RecordingObserver();

        await _room.PullAsync(server, observer);

        Assert.Equal((FileOutcome.Downloaded, FileOutcome.Absent), (observer.Outcomes[PullRoom.Weights], observer.Outcomes["onnx/model_q4.onnx_data"]));
        Assert.Equal(["onnx/model_q4.onnx_data"], ModelLock.Read(_room.Folder)!.Absent);
        Assert.Equal([_room.Landed], Directory.GetFiles(Path.Combine(_room.Folder, "onnx")));

        _room.Revision = "other";
        _room.Files = [.. _room.Files, new DownloadableFile("config.json")];
        var e = await Assert.ThrowsAsync<DownloadException>(() => _room.PullAsync(server));
        Assert.Contains("404", e.Message, StringComparison.Ordinal);
        Assert.Equal("main", ModelLock.Read(_room.Folder)!.Revision); // the whole one of before stays
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_busy_server_is_asked_again_after_the_time_it_names(int status)
    {
        _room.Options = _room.Options with { Delay = TimeSpan.FromHours(1), MaxDelay = TimeSpan.FromHours(1) };
        using var server = new LoopbackFileServer(r => r.Number < 2 ? FileReply.Error(status, "Retry-After: 0") : FileReply.File(r, _room.Content));
        var observer = new RecordingObserver();

        await _room.PullAsync(server, observer);

        Assert.Equal(_room.Content, File.ReadAllBytes(_room.Landed));
        Assert.Equal([TimeSpan.Zero, TimeSpan.Zero], observer.Retries.Select(r => r.Wait));
    }

    [Fact]
    public async Task A_server_that_asks_to_wait_for_too_long_is_not_asked_again_and_the_message_says_how_long()
    {
        using var server = new LoopbackFileServer(_ => FileReply.Error(429, "Retry-After: 7200"));

        var e = await Assert.ThrowsAsync<DownloadException>(() => _room.PullAsync(server));

        Assert.Contains("7200 s", e.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_token_goes_to_the_servers_own_host_and_not_where_it_redirects_to()
    {
        _room.Options = _room.Options with { Token = "hf_secret" };
        using var other = new LoopbackFileServer(r => FileReply.File(r, _room.Content));
        using var server = new LoopbackFileServer(r => r.Number == 0
            ? new FileReply(307, [], "Location: /elsewhere")
            : new FileReply(302, [], $"Location: {other.Address}signed"));

        await _room.PullAsync(server);

        Assert.Equal(_room.Content, File.ReadAllBytes(_room.Landed));
        Assert.Equal([PullRoom.FirstPath, "/elsewhere"], server.Requests.Select(r => r.Path));
        Assert.All(server.Requests, r => Assert.Equal("Bearer hf_secret", r["Authorization"]));
        Assert.Null(Assert.Single(other.Requests)["Authorization"]);
        Assert.DoesNotContain("hf_secret", File.ReadAllText(Path.Combine(_room.Folder, ModelLock.FileName)) + _room.Options, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resumed_download_asks_the_first_address_again_because_signed_ones_expire()
    {
        using var other = new LoopbackFileServer(r => FileReply.File(r, _room.Content) with { CutAfter = r.Number == 0 ? 5_000 : null });
        using var server = new LoopbackFileServer(r => new FileReply(302, [], $"Location: {other.Address}signed{r.Number}"));

        await _room.PullAsync(server);

        Assert.Equal(_room.Content, File.ReadAllBytes(_room.Landed));
        Assert.Equal([("/signed0", 0), ("/signed1", 5_000)], other.Requests.Select(r => (r.Path, r.Offset)));
    }

    [Fact]
    public async Task A_redirect_without_end_and_one_to_another_scheme_are_refused()
    {
        using var circle = new LoopbackFileServer(_ => new FileReply(302, [], "Location: /again"));
        using var file = new LoopbackFileServer(_ => new FileReply(302, [], "Location: file:///etc/hostname"));

        Assert.Contains("redirects", (await Assert.ThrowsAsync<DownloadException>(() => _room.PullAsync(circle))).Message, StringComparison.Ordinal);
        Assert.Contains("file:", (await Assert.ThrowsAsync<DownloadException>(() => _room.PullAsync(file))).Message, StringComparison.Ordinal);
        Assert.Single(file.Requests);
    }

    [Fact]
    public async Task What_the_server_itself_announces_as_the_hash_is_held_against_what_comes()
    {
        using var server = new LoopbackFileServer(r => r.Path == "/data"
            ? FileReply.File(r, [.. _room.Content.Reverse()])
            : new FileReply(302, [], "Location: /data", $"X-Linked-ETag: \"{_room.Sha256}\""));

        var e = await Assert.ThrowsAsync<DownloadException>(() => _room.PullAsync(server));

        Assert.Contains("the server's own word", e.Message, StringComparison.Ordinal);
        _room.AssertNothingLanded();
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        _room.Options = _room.Options with { Retries = 1 };
        Uri gone;
        using (var server = new LoopbackFileServer(_ => FileReply.Error(500)))
        {
            gone = server.Address;
        }

        var e = await Assert.ThrowsAsync<DownloadException>(() => _room.PullAsync(gone));

        Assert.Contains("nobody answers there", e.Message, StringComparison.Ordinal);
        Assert.Contains(gone.Authority, e.Message, StringComparison.Ordinal);
    }

    [PosixFact]
    public async Task A_full_disk_is_named_and_not_taken_for_a_fault_of_the_server()
    {
        if (!File.Exists("/dev/full"))
        {
            return; // macOS has none
        }

        using var server = new LoopbackFileServer(r => FileReply.File(r, _room.Content));
        Directory.CreateDirectory(Path.GetDirectoryName(_room.Part)!);
        File.CreateSymbolicLink(_room.Part, "/dev/full");

        var e = await Assert.ThrowsAsync<DownloadException>(() => _room.PullAsync(server));

        Assert.Contains("No space left on device", e.Message, StringComparison.Ordinal);
        Assert.Contains(ModelCache.HomeVariable, e.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
        _room.AssertNothingLanded();
    }
}
