using NeedleBench.San;

namespace NeedleBench.Cli.Providers;

/// <summary>Every kind of model that the command opens. A new kind is one line here, or a plug-in.</summary>
static class KnownProviders
{
    /// <param name="plugins">Assemblies named on the command line.</param>
    public static ModelCatalog Catalog(IEnumerable<string>? plugins) =>
        new([
            new SanModelProvider(),
            .. (plugins ?? []).SelectMany(PluginProviders.Load),
        ]);
}
