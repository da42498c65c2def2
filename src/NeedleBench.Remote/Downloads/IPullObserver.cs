namespace NeedleBench.Remote.Downloads;

/// <summary>Hears how a pull goes. All calls come one after the other.</summary>
public interface IPullObserver
{
    /// <summary>Another process pulls the same model; this one waits for it.</summary>
    void Waiting();

    /// <summary>A file is begun. <paramref name="size"/> in bytes, null where it is not known yet.</summary>
    void Started(string path, long? size);

    /// <summary>Bytes are on the disk: those of earlier attempts are counted, and a restart counts from 0 again.</summary>
    void Received(string path, long bytes, long? size);

    /// <summary>An attempt failed, and another follows after <paramref name="wait"/>.</summary>
    void Retrying(string path, string problem, TimeSpan wait);

    /// <summary>A file is done with.</summary>
    void Finished(string path, FileOutcome outcome, long bytes);
}
