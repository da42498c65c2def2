using System.Security.Cryptography;

namespace NeedleBench.Remote.Downloads;

/// <summary>
/// Pulls models into a <see cref="ModelCache"/>. A model's folder gets its name when all its files are there and verified; until then
/// they lie in a folder beside it, which a later pull goes on with.
/// </summary>
public sealed class ModelDownloader
{
    readonly DownloadCatalogue _catalogue;
    readonly ModelCache _cache;
    readonly DownloadOptions _options;
    readonly TimeProvider _time;

    public ModelDownloader(DownloadCatalogue catalogue, ModelCache cache, DownloadOptions options)
        : this(catalogue, cache, options, TimeProvider.System)
    {
    }

    internal ModelDownloader(DownloadCatalogue catalogue, ModelCache cache, DownloadOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(cache);
        _catalogue = catalogue;
        _cache = cache;
        _options = options;
        _time = time;
        BaseAddress = options.BaseAddress ?? catalogue.BaseAddress;
    }

    /// <summary>The server that files come from.</summary>
    public Uri BaseAddress { get; }

    /// <summary>
    /// Brings a model into the cache, or verifies that it is there: every file's size and SHA-256, against the catalogue, or else
    /// against what the first pull received. Files that are damaged or gone come anew.
    /// </summary>
    /// <param name="name">As the catalogue has it.</param>
    /// <param name="precision">One of the model's; its default where null.</param>
    /// <param name="observer">Hears how it goes.</param>
    /// <param name="cancellationToken">Stops between two reads; what has come is kept.</param>
    /// <exception cref="InputException">There is no such model or precision, or its lock file is damaged.</exception>
    /// <exception cref="DownloadException">A file did not come, or is not what it should be, or the disk is full.</exception>
    public async Task<PulledModel> PullAsync(string name, string? precision, IPullObserver observer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var model = _catalogue.Find(name);
        precision ??= model.DefaultPrecision;
        var files = model.FilesOf(precision);
        var folder = _cache.FolderOf(model.Name, precision);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            using var held = await FolderHold.TakeAsync(_cache.HoldOf(model.Name, precision), observer.Waiting, cancellationToken);
            return await PullAsync(model, files, folder, _cache.StagingOf(model.Name, precision), observer, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DownloadException(
                folder, $"the folder cannot be written ({ServerFaults.OneLine(e.Message).TrimEnd('.')})",
                $"Make room there, or name another folder in {ModelCache.HomeVariable}.", e);
        }
        catch (InputException e) when (e.InnerException is IOException or UnauthorizedAccessException)
        {
            throw new DownloadException(e.File ?? folder, e.Problem, e.Mend, e);
        }
    }

    async Task<PulledModel> PullAsync(
        DownloadableModel model, IReadOnlyList<DownloadableFile> files, string folder, string staging, IPullObserver observer, CancellationToken cancellationToken)
    {
        var replaced = staging + ".old";
        DeleteFolder(replaced);
        if (Directory.Exists(folder))
        {
            var there = ModelLock.Read(folder) ?? throw new InputException(
                $"the folder was not pulled: it has no {ModelLock.FileName}", "Move it away, or delete it.", folder);
            if (there.IsOf(model))
            {
                if (await FindWholeAsync(files, folder, there, observer, cancellationToken) is { } whole)
                {
                    return whole;
                }

                // It must not stand under the name of a whole one while it is mended.
                DeleteFolder(staging);
                Directory.Move(folder, staging);
            }
        }

        Directory.CreateDirectory(staging);
        var pins = ModelLock.Read(staging) is { } left && left.IsOf(model) ? left : new ModelLock(model.Repository, model.Revision, [], []);
        var (downloaded, pinned) = (0, 0);
        using var server = new ModelServer(BaseAddress, _options.Token);
        foreach (var file in files)
        {
            var pin = pins.Find(file.Path);
            var expected = ExpectedContent.Of(file, pin);
            observer.Started(file.Path, expected.Size);
            var target = Path.Combine(staging, file.Path);
            if (pin is not null && await IsAsync(target, expected, pin, cancellationToken))
            {
                observer.Finished(file.Path, FileOutcome.AlreadyThere, pin.Size);
                continue;
            }

            if (File.Exists(target))
            {
                File.Delete(target);
            }

            var received = await new FileDownload(server, BaseAddress, model, file, expected, staging, _options, observer, _time).RunAsync(cancellationToken);
            if (received is null)
            {
                pins = pins.WithAbsent(file.Path);
                observer.Finished(file.Path, FileOutcome.Absent, 0);
            }
            else
            {
                downloaded++;
                pinned += expected.Sha256 is null ? 1 : 0;

                // A pin that was met stays, with its date.
                pins = pins.With(pin is not null && pin.Sha256 == received.Sha256 ? pin : received);
                observer.Finished(file.Path, FileOutcome.Downloaded, received.Size);
            }

            pins.Write(staging);
        }

        if (Directory.Exists(folder))
        {
            Directory.Move(folder, replaced);
        }

        Directory.Move(staging, folder);
        DeleteFolder(replaced);
        return new PulledModel(folder, pins.Files.Sum(f => f.Size), downloaded, pinned);
    }

    static async Task<PulledModel?> FindWholeAsync(
        IReadOnlyList<DownloadableFile> files, string folder, ModelLock pins, IPullObserver observer, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            var pin = pins.Find(file.Path);
            var isFine = pin is null
                ? file.Optional && pins.Absent.Contains(file.Path)
                : await IsAsync(Path.Combine(folder, file.Path), ExpectedContent.Of(file, pin), pin, cancellationToken);
            if (!isFine)
            {
                return null;
            }
        }

        foreach (var file in files)
        {
            var pin = pins.Find(file.Path);
            observer.Started(file.Path, pin?.Size);
            observer.Finished(file.Path, pin is null ? FileOutcome.Absent : FileOutcome.AlreadyThere, pin?.Size ?? 0);
        }

        return new PulledModel(folder, pins.Files.Sum(f => f.Size), 0, 0);
    }

    static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Against the pin, too: the bytes that were received are the ones that must still be there.
    static async Task<bool> IsAsync(string file, ExpectedContent expected, PinnedFile pin, CancellationToken cancellationToken)
    {
        var info = new FileInfo(file);
        if (!info.Exists || info.Length != pin.Size || !expected.Is(pin.Size, pin.Sha256))
        {
            return false;
        }

        await using var stream = info.OpenRead();
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)) == pin.Sha256;
    }
}
