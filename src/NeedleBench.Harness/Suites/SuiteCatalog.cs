namespace NeedleBench.Harness.Suites;

/// <summary>The suites under one root: every folder directly in it that holds a <c>suite.json</c>.</summary>
public static class SuiteCatalog
{
    /// <summary>The names of the suites under <paramref name="root"/>, in ordinal order.</summary>
    /// <exception cref="InputException">There is no such folder, or it cannot be read.</exception>
    public static IReadOnlyList<string> Names(string root)
    {
        try
        {
            return [.. Directory.EnumerateDirectories(root)
                .Where(folder => File.Exists(Path.Combine(folder, SuiteReader.SuiteFile)))
                .Select(folder => Path.GetFileName(folder))
                .Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"the folder of suites cannot be read ({e.Message.TrimEnd('.')})",
                "Name the folder that holds the suites' folders.", root, inner: e);
        }
    }

    /// <summary>Reads suites, in ordinal order whatever the order of <paramref name="names"/>.</summary>
    /// <param name="root">The folder that holds the suites' folders.</param>
    /// <param name="names">Which; all where empty. A name given twice counts once.</param>
    /// <exception cref="InputException">There is no such suite, or none at all, or one cannot be read.</exception>
    public static IReadOnlyList<Suite> Load(string root, IEnumerable<string> names)
    {
        var known = Names(root);
        if (known.Count == 0)
        {
            throw new InputException("there is no suite", "A suite is a folder with suite.json, tools.json and cases.jsonl.", root);
        }

        var wanted = names.ToHashSet(StringComparer.Ordinal);
        foreach (var name in wanted.Order(StringComparer.Ordinal))
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw new InputException($"there is no suite '{name}'", $"The suites here are {string.Join(", ", known)}.", root);
            }
        }

        return [.. known.Where(name => wanted.Count == 0 || wanted.Contains(name)).Select(name => SuiteReader.Read(Path.Combine(root, name)))];
    }
}
