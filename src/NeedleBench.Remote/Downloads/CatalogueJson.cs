using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeedleBench.Remote.Downloads;

/// <summary>
/// Reads catalogues: strictly, because their names become folders and addresses. A misspelt key must not drop a hash.
/// </summary>
static class CatalogueJson
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <exception cref="InputException">The text is no catalogue.</exception>
    public static DownloadCatalogue Parse(string text, string file)
    {
        Root root;
        try
        {
            root = JsonSerializer.Deserialize<Root>(text, Options) ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException e)
        {
            var problem = ServerFaults.OneLine(e.Message.Split(" LineNumber:")[0].Replace("NeedleBench.Remote.Downloads.", "", StringComparison.Ordinal));
            throw new InputException(
                $"this is no catalogue ({problem.TrimEnd('.')})", "Write it as src/NeedleBench.Remote/Models/catalogue.json is written.", file, (int?)e.LineNumber + 1, e);
        }

        foreach (var model in root.Models)
        {
            if (model is null || model.Files.Contains(null!) || model.Precisions.Values.Any(files => files?.Contains(null!) != false))
            {
                throw new InputException("a model or a file is null", "Take it out.", file);
            }

            Check(model, file);
        }

        var doubled = root.Models.GroupBy(m => m.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Skip(1).Any());
        if (doubled is not null)
        {
            throw new InputException($"the model '{doubled.Key}' stands twice", "Give each a name of its own.", file);
        }

        return new DownloadCatalogue(ServerAddress.Parse(root.Base, file), root.Models);
    }

    static void Check(DownloadableModel model, string file)
    {
        Require(SafePath.IsName(model.Name), "name", model.Name, "letters, digits, '.', '-' and '_', not beginning with a '.'");
        Require(model.Repository.Split('/') is [var owner, var name] && SafePath.IsName(owner) && SafePath.IsName(name), "repository", model.Repository, "owner/name");
        Require(model.Revision.Split('/').All(SafePath.IsName), "revision", model.Revision, "a branch, tag or commit");
        Require(model.Scheme is "onnx" or "san", "scheme", model.Scheme, "onnx or san");
        Require(model.Dialect is null || SafePath.IsName(model.Dialect), "dialect", model.Dialect, "the name of a dialect, or null");
        Require(model.Licence.Name.Trim().Length > 0, "licence", model.Licence.Name, "the licence's name");
        Require(model.Precisions.ContainsKey(model.DefaultPrecision), "defaultPrecision", model.DefaultPrecision, "one of its precisions");
        foreach (var precision in model.Precisions.Keys)
        {
            Require(SafePath.IsName(precision), "precision", precision, "letters, digits, '.', '-' and '_', not beginning with a '.'");
            CheckFiles(model.FilesOf(precision));
        }

        void CheckFiles(IReadOnlyList<DownloadableFile> files)
        {
            var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            Require(files.Any(f => !f.Optional), "files", "", "at least one file that is not optional");
            foreach (var entry in files)
            {
                Require(SafePath.IsInside(entry.Path), "file path", entry.Path, "a path below the model's folder, its parts joined by '/'");
                Require(seen.Add(entry.Path), "file path", entry.Path, "each file once");
                Require(entry.Size is null or >= 0, "size", $"{entry.Size}", "a number of bytes, or null");
                Require(entry.Sha256 is null || (entry.Sha256.Length == 64 && entry.Sha256.All(char.IsAsciiHexDigit)), "sha256", entry.Sha256, "64 hexadecimal digits, or null");
            }
        }

        void Require(bool holds, string what, string? value, string mend)
        {
            if (!holds)
            {
                throw new InputException($"model '{model.Name}': the {what} '{value}' cannot be used", $"Write {mend}.", file);
            }
        }
    }

    sealed record Root(string Base, IReadOnlyList<DownloadableModel> Models);
}
