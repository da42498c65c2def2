namespace NeedleBench;

/// <summary>The providers at hand, found by scheme.</summary>
public sealed class ModelCatalog
{
    readonly Dictionary<string, IModelProvider> _providers = new(StringComparer.Ordinal);

    /// <exception cref="InputException">Two providers claim one scheme.</exception>
    public ModelCatalog(IEnumerable<IModelProvider> providers)
    {
        foreach (var provider in providers)
        {
            if (!_providers.TryAdd(provider.Scheme, provider))
            {
                throw new InputException(
                    $"two providers open the scheme '{provider.Scheme}:' ({_providers[provider.Scheme].GetType()} and {provider.GetType()})",
                    "Leave one of them out.");
            }
        }
    }

    public IReadOnlyCollection<IModelProvider> Providers => _providers.Values;

    /// <summary>Opens the model that <paramref name="spec"/> names.</summary>
    /// <exception cref="InputException">The spec is malformed, its scheme is unknown, or its provider refuses it.</exception>
    public ValueTask<IToolCallingModel> OpenAsync(string spec, CancellationToken cancellationToken = default)
    {
        var parsed = ModelSpec.Parse(spec);
        return _providers.TryGetValue(parsed.Scheme, out var provider)
            ? provider.OpenAsync(parsed, cancellationToken)
            : throw new InputException(
                $"no provider opens the scheme '{parsed.Scheme}:'",
                $"Known schemes: {string.Join(", ", _providers.Keys.Order(StringComparer.Ordinal))}; a plug-in can add one.");
    }
}
