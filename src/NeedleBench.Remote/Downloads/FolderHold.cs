namespace NeedleBench.Remote.Downloads;

/// <summary>
/// A file held open, so that one process at a time works on a model's folder. The system lets go of it when the process dies, however
/// it dies. The file itself stays: deleting it would let two processes hold two files of one name.
/// </summary>
static class FolderHold
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until nobody else holds <paramref name="file"/>, and holds it until the result is disposed of.</summary>
    /// <param name="file">In a folder that exists.</param>
    /// <param name="waiting">Called once, where somebody holds it.</param>
    public static async Task<IDisposable> TakeAsync(string file, Action waiting, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (IsHeld(e))
            {
                if (attempt == 0)
                {
                    waiting();
                }

                await Task.Delay(Interval, cancellationToken);
            }
        }
    }

    // A sharing violation on Windows; EAGAIN, which is EWOULDBLOCK, from flock on Linux (11) and macOS (35).
    static bool IsHeld(IOException e) =>
        e.GetType() == typeof(IOException) && (OperatingSystem.IsWindows() ? (e.HResult & 0xFFFF) is 32 or 33 : e.HResult is 11 or 35);
}
