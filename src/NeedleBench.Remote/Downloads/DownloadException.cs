namespace NeedleBench.Remote.Downloads;

/// <summary>
/// A download did not come to its end, or not to the right one: nothing was landed. The message names the place, the problem and
/// the mend in one line; the command line turns it into exit code 1.
/// </summary>
public sealed class DownloadException : Exception
{
    /// <param name="place">The address or the file.</param>
    /// <param name="problem">What is wrong, without a closing full stop.</param>
    /// <param name="mend">What to do about it.</param>
    /// <param name="inner">What the library below said.</param>
    public DownloadException(string place, string problem, string mend, Exception? inner = null)
        : base($"{place}: {problem}. {mend}", inner)
    {
        Problem = problem;
        Mend = mend;
    }

    public string Problem { get; }

    public string Mend { get; }
}
