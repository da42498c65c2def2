namespace NeedleBench;

/// <summary>
/// The caller gave something we cannot use: a file, a model spec, a request. The message names the place, the problem
/// and the mend, so that it can be shown to a person as it is; the command line turns it into exit code 2.
/// </summary>
public sealed class InputException : Exception
{
    /// <param name="problem">What is wrong, without a closing full stop.</param>
    /// <param name="mend">What to do about it.</param>
    /// <param name="file">The file the problem stands in, where there is one.</param>
    /// <param name="line">The 1-based line in <paramref name="file"/>.</param>
    /// <param name="inner">What the library below said.</param>
    public InputException(string problem, string mend, string? file = null, int? line = null, Exception? inner = null)
        : base(Compose(problem, mend, file, line), inner)
    {
        Problem = problem;
        Mend = mend;
        File = file;
        Line = line;
    }

    public string Problem { get; }

    public string Mend { get; }

    public string? File { get; }

    public int? Line { get; }

    static string Compose(string problem, string mend, string? file, int? line)
    {
        var place = file is null ? "" : line is null ? $"{file}: " : $"{file}:{line}: ";
        return $"{place}{problem}. {mend}";
    }
}
