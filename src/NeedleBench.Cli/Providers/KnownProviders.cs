using NeedleBench.Harness.Baselines;
using NeedleBench.Harness.Suites;
using NeedleBench.Onnx;
using NeedleBench.Remote;
using NeedleBench.San;

namespace NeedleBench.Cli.Providers;

/// <summary>Every kind of model that the command opens. A new kind is one line here, or a plug-in.</summary>
static class KnownProviders
{
    /// <param name="plugins">Assemblies named on the command line.</param>
    /// <param name="suites">The cases that a run asks; none where there is no run.</param>
    public static ModelCatalog Catalog(IEnumerable<string>? plugins, IReadOnlyList<Suite>? suites = null) =>
        new([
            new BaselineProvider(suites ?? []),
            new SanModelProvider(),
            new OnnxModelProvider(),
            new OpenAiModelProvider(),
            .. (plugins ?? []).SelectMany(PluginProviders.Load),
        ]);
}
