using NeedleBench.Remote.Downloads;

namespace NeedleBench.Remote.Tests.Downloads;

public sealed class ModelDownloaderTests : IDisposable
{
    readonly PullRoom _room = new();

    public void Dispose() => _room.Dispose();

    [Fact]
    public async Task What_nobody_knew_the_hash_of_is_pinned_with_its_size_address_and_date()
    {
        using var server = new LoopbackFileServer(r => FileReply.File(r, _room.Content));
        var before = DateTimeOffset.UtcNow;

        var pulled = await _room.PullAsync(server);

        Assert.Equal(new PulledModel(_room.Folder, 200_000, 1, 1), pulled);
        Assert.Equal(_room.Folder, _room.Cache.Find("m", "q4"));
        Assert.Equal(["q4"], _room.Cache.Precisions("m"));
        var pin = Assert.Single(ModelLock.Read(_room.Folder)!.Files);
        Assert.Equal((PullRoom.Weights, 200_000, _room.Sha256), (pin.Path, pin.Size, pin.Sha256));
        Assert.Equal($"{server.Address.AbsoluteUri.TrimEnd('/')}{PullRoom.FirstPath}", pin.Address);
        Assert.InRange(pin.Date, before, DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task A_model_that_is_there_is_verified_and_nothing_is_asked_for()
    {
        _room.Files = [new DownloadableFile(PullRoom.Weights), new DownloadableFile("onnx/more", Optional: true)];
        using var server = new LoopbackFileServer(r => r.Path == PullRoom.FirstPath ? FileReply.File(r, _room.Content) : FileReply.Error(404));
        await _room.PullAsync(server);
        var observer = new RecordingObserver();

        var again = await _room.PullAsync(server, observer);

        Assert.Equal((0, 0, 200_000), (again.Downloaded, again.Pinned, again.Bytes));
        Assert.Equal(FileOutcome.AlreadyThere, observer.Outcomes[PullRoom.Weights]);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_damaged_or_missing_file_comes_anew_and_must_match_its_pin(bool matches)
    {
        _room.Files = [new DownloadableFile(PullRoom.Weights), new DownloadableFile("config.json")];
        var content = _room.Content;
        using var server = new LoopbackFileServer(r => FileReply.File(r, content));
        await _room.PullAsync(server);
        var pinned = ModelLock.Read(_room.Folder)!.Files;
        using (var damaged = File.OpenWrite(_room.Landed))
        {
            damaged.WriteByte((byte)~content[0]); // the size stays
        }

        content = matches ? content : [.. content.Reverse()];
        if (matches)
        {
            var mended = await _room.PullAsync(server);

            Assert.Equal((1, 0), (mended.Downloaded, mended.Pinned));
            Assert.Equal(_room.Content, File.ReadAllBytes(_room.Landed));
            Assert.Equal(pinned.OrderBy(p => p.Path), ModelLock.Read(_room.Folder)!.Files.OrderBy(p => p.Path));
        }
        else
        {
            var e = await Assert.ThrowsAsync<DownloadException>(() => _room.PullAsync(server));

            Assert.Contains("the pin of", e.Message, StringComparison.Ordinal);
            _room.AssertNothingLanded();

            // And again: the pin outlives the refusal.
            await Assert.ThrowsAsync<DownloadException>(() => _room.PullAsync(server));
        }

        Assert.Equal(matches ? 3 : 4, server.Requests.Count); // the other file never comes again
    }

    [Fact]
    public async Task A_pull_that_failed_at_its_second_file_keeps_the_first()
    {
        _room.Files = [new DownloadableFile(PullRoom.Weights), new DownloadableFile("config.json")];
        using var server = new LoopbackFileServer(r => r.Number == 1 ? FileReply.Error(404) : FileReply.File(r, _room.Content));

        await Assert.ThrowsAsync<DownloadException>(() => _room.PullAsync(server));
        _room.AssertNothingLanded();
        var observer = new RecordingObserver();
        await _room.PullAsync(server, observer);

        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(FileOutcome.AlreadyThere, observer.Outcomes[PullRoom.Weights]);
        Assert.Equal(2, ModelLock.Read(_room.Folder)!.Files.Count);
    }

    [Fact]
    public async Task Another_revision_is_not_bound_by_the_pins_of_the_one_before()
    {
        using var first = new LoopbackFileServer(r => FileReply.File(r, [.. _room.Content.Reverse()]));
        await _room.PullAsync(first);
        _room.Revision = "v2";
        using var second = new LoopbackFileServer(r => FileReply.File(r, _room.Content));

        var pulled = await _room.PullAsync(second);

        Assert.Equal((1, 1), (pulled.Downloaded, pulled.Pinned));
        Assert.Equal("/o/m/resolve/v2/onnx/model_q4.onnx", Assert.Single(second.Requests).Path);
        Assert.Equal(_room.Content, File.ReadAllBytes(_room.Landed));
        Assert.Equal("v2", ModelLock.Read(_room.Folder)!.Revision);
        Assert.Equal(["q4"], Directory.GetDirectories(Path.GetDirectoryName(_room.Folder)!).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Of_two_pulls_at_once_one_downloads_and_the_other_waits_and_finds_all_there()
    {
        var gate = new TaskCompletionSource();
        using var server = new LoopbackFileServer(r => FileReply.File(r, _room.Content) with { Gate = gate.Task });
        var observer = new RecordingObserver();

        var first = _room.PullAsync(server);
        while (server.Requests.Count == 0)
        {
            await Task.Delay(5);
        }

        var second = _room.PullAsync(server, observer);
        await observer.Waited;
        gate.SetResult();

        Assert.Equal((1, 0), ((await first).Downloaded, (await second).Downloaded));
        Assert.Single(server.Requests);
        Assert.Equal(_room.Content, File.ReadAllBytes(_room.Landed));
    }

    [Fact]
    public async Task A_folder_that_no_pull_made_is_left_alone()
    {
        Directory.CreateDirectory(_room.Folder);
        File.WriteAllText(Path.Combine(_room.Folder, "mine"), "mine");
        using var server = new LoopbackFileServer(r => FileReply.File(r, _room.Content));

        var e = await Assert.ThrowsAsync<InputException>(() => _room.PullAsync(server));

        Assert.Equal(_room.Folder, e.File);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_room.Folder, "mine")));
    }

    [Fact]
    public async Task A_damaged_lock_file_is_named_with_its_line()
    {
        using var server = new LoopbackFileServer(r => FileReply.File(r, _room.Content));
        await _room.PullAsync(server);
        File.WriteAllText(Path.Combine(_room.Folder, ModelLock.FileName), "{\n\"repository\": 5 }");

        var e = await Assert.ThrowsAsync<InputException>(() => _room.PullAsync(server));

        Assert.Equal((Path.Combine(_room.Folder, ModelLock.FileName), 2), (e.File, e.Line));
    }

    [Fact]
    public void The_cache_finds_nothing_outside_itself()
    {
        Assert.Null(_room.Cache.Find("..", "q4"));
        Assert.Null(_room.Cache.Find("m", "../../../etc"));
        Assert.Empty(_room.Cache.Precisions("../models"));
        Assert.Equal(Path.GetFullPath("here"), ModelCache.Of(_ => "here").Home);
        Assert.Equal("needlebench", Path.GetFileName(ModelCache.Of(_ => null).Home));
    }
}
