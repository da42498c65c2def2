using System.Globalization;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Cli;

/// <summary>Names for runs that got none.</summary>
static class RunNames
{
    /// <summary>Date, time (UTC) and the models' short names: sorts by age.</summary>
    public static string New(IReadOnlyList<string> models, TimeProvider time)
    {
        var name = string.Join('-', models.Take(3).Select(ShortName));
        return string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyyMMdd-HHmmss}-{name[..Math.Min(name.Length, 60)]}").TrimEnd('-');
    }

    /// <summary>The newest unfinished run of these models and suites; null where there is none.</summary>
    public static string? NewestUnfinished(string results, IReadOnlyList<string> models, IReadOnlyList<Suite> suites)
    {
        if (!Directory.Exists(results))
        {
            return null;
        }

        return Directory.EnumerateDirectories(results)
            .Where(folder => File.Exists(Path.Combine(folder, RunFolder.DescriptionFile)))
            .Select(Read)
            .OfType<RunDescription>()
            .Where(run => run.FinishedAt is null
                && run.Models.Select(m => m.Spec).SequenceEqual(models)
                && run.Suites.Select(s => s.Name).SequenceEqual(suites.Select(s => s.Name)))
            .OrderByDescending(run => run.StartedAt)
            .Select(run => run.Name)
            .FirstOrDefault();

        // A damaged run in the same folder is not the one to go on with.
        static RunDescription? Read(string folder)
        {
            try
            {
                return RunReader.ReadDescription(folder);
            }
            catch (InputException)
            {
                return null;
            }
        }
    }

    // "san:models/tiny?threads=1" → "tiny"
    static string ShortName(string spec)
    {
        var rest = ModelSpec.Parse(spec).Rest;
        var last = rest.TrimEnd('/', '\\').Split('/', '\\')[^1];
        return new string([.. last.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-')]).Trim('-', '.');
    }
}
