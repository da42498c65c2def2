using System.Reflection;
using System.Text;

namespace NeedleBench.Remote.Downloads;

/// <summary>The models that can be pulled, and where from.</summary>
/// <param name="BaseAddress">The server; a file lies at <c>{base}/{repository}/resolve/{revision}/{path}</c>.</param>
/// <param name="Models">In the order of the file.</param>
public sealed record DownloadCatalogue(Uri BaseAddress, IReadOnlyList<DownloadableModel> Models)
{
    const string Resource = "NeedleBench.Remote.Models.catalogue.json";

    /// <summary>The catalogue that comes with this assembly.</summary>
    public static DownloadCatalogue BuiltIn()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly has no resource {Resource}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return CatalogueJson.Parse(reader.ReadToEnd(), "catalogue.json");
    }

    /// <summary>Reads a catalogue of the user's own, in the form of <c>Models/catalogue.json</c>.</summary>
    /// <exception cref="InputException">The file cannot be read, is no catalogue, or names a file outside the model's folder.</exception>
    public static DownloadCatalogue Load(string file)
    {
        try
        {
            return CatalogueJson.Parse(File.ReadAllText(file), file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the catalogue cannot be read ({e.Message.TrimEnd('.')})", "Name a file that can be.", file, inner: e);
        }
    }

    /// <summary>A model by its name, in any case of letters.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public DownloadableModel Find(string name) =>
        Models.FirstOrDefault(m => m.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new InputException($"the catalogue has no model '{name}'", $"It has: {string.Join(", ", Models.Select(m => m.Name))}.");
}
