namespace NeedleBench.Cli;

/// <summary>Reads a file that the user named.</summary>
static class InputFile
{
    /// <exception cref="InputException">It cannot be read.</exception>
    public static string Read(string file, string mend)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the file cannot be read ({e.Message.TrimEnd('.')})", mend, file, inner: e);
        }
    }
}
