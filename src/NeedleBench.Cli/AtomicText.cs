namespace NeedleBench.Cli;

/// <summary>Writes a text file so that a reader finds the old one or the new one, whole.</summary>
static class AtomicText
{
    public static void Write(string file, string text)
    {
        var temporary = $"{file}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(temporary, text);
            File.Move(temporary, file, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
