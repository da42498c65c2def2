using System.Reflection;
using System.Runtime.Loader;

namespace NeedleBench.Cli.Providers;

/// <summary>
/// Providers from an assembly that somebody else built: every public class in it that implements
/// <see cref="IModelProvider"/> and can be made without arguments. It runs with all rights of this process.
/// </summary>
static class PluginProviders
{
    /// <exception cref="InputException">The file is no such assembly.</exception>
    public static IReadOnlyList<IModelProvider> Load(string path)
    {
        const string Mend = "Name a .NET assembly with a public class that implements NeedleBench.IModelProvider and has a constructor without parameters.";
        var file = Path.GetFullPath(path);
        if (!File.Exists(file))
        {
            throw new InputException("there is no such plug-in", Mend, path);
        }

        try
        {
            var assembly = new PluginContext(file).LoadFromAssemblyPath(file);
            var providers = assembly.GetExportedTypes()
                .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IModelProvider)) && t.GetConstructor(Type.EmptyTypes) is not null)
                .Select(t => (IModelProvider)Activator.CreateInstance(t)!)
                .ToList();
            return providers.Count > 0 ? providers : throw new InputException("the plug-in holds no provider", Mend, path);
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or TypeLoadException or ReflectionTypeLoadException or TargetInvocationException or InvalidOperationException)
        {
            throw new InputException($"the plug-in cannot be loaded ({(e.InnerException ?? e).Message.TrimEnd('.')})", Mend, path, inner: e);
        }
    }

    // What we have loaded is shared, so that its IModelProvider is ours; the rest comes from beside the plug-in.
    sealed class PluginContext(string file) : AssemblyLoadContext(Path.GetFileName(file))
    {
        readonly AssemblyDependencyResolver _resolver = new(file);

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            try
            {
                return Default.LoadFromAssemblyName(assemblyName);
            }
            catch (FileNotFoundException)
            {
                return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
            }
        }

        protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
            _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
    }
}
