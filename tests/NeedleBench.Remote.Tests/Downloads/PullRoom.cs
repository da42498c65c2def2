using System.Security.Cryptography;
using NeedleBench.Remote.Downloads;

namespace NeedleBench.Remote.Tests.Downloads;

/// <summary>A cache of a test's own, a model <c>m</c> with the precision <c>q4</c>, and its bytes.</summary>
sealed class PullRoom : IDisposable
{
    public const string Weights = "onnx/model_q4.onnx";
    public const string FirstPath = "/o/m/resolve/main/onnx/model_q4.onnx";

    readonly TemporaryFolder _folder = new();

    public PullRoom()
    {
        Content = new byte[200_000];
        new Random(5).NextBytes(Content);
        Files = [new DownloadableFile(Weights)];
    }

    public byte[] Content { get; }

    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content));

    public IReadOnlyList<DownloadableFile> Files { get; set; }

    public string Revision { get; set; } = "main";

    public DownloadOptions Options { get; set; } = new() { Delay = TimeSpan.FromMilliseconds(1) };

    public ModelCache Cache => new(_folder.Path);

    public string Folder => Path.Combine(_folder.Path, "models", "m", "q4");

    public string Landed => Path.Combine(Folder, Weights);

    public string Part => Path.Combine(_folder.Path, "models", "m", ".q4.partial", Weights + ".part");

    public Task<PulledModel> PullAsync(LoopbackFileServer server, IPullObserver? observer = null, CancellationToken cancellationToken = default) =>
        PullAsync(server.Address, observer, cancellationToken);

    public Task<PulledModel> PullAsync(Uri address, IPullObserver? observer = null, CancellationToken cancellationToken = default)
    {
        var model = new DownloadableModel(
            "m", "o/m", Revision, new ModelLicence("Some Licence", "https://licence.example"), "onnx", null, "q4", [],
            new Dictionary<string, IReadOnlyList<DownloadableFile>> { ["q4"] = Files });
        return new ModelDownloader(new DownloadCatalogue(address, [model]), Cache, Options).PullAsync("M", null, observer ?? new RecordingObserver(), cancellationToken);
    }

    /// <summary>Fails where anything stands under the model's name.</summary>
    public void AssertNothingLanded()
    {
        Assert.False(Directory.Exists(Folder));
        Assert.Null(Cache.Find("m", "q4"));
    }

    public void Dispose() => _folder.Dispose();
}
