using Microsoft.Extensions.AI;

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
        return Find(parsed).OpenAsync(parsed, cancellationToken);
    }

    /// <summary>Opens the model that <paramref name="spec"/> names for free text.</summary>
    /// <exception cref="InputException">As for <see cref="OpenAsync"/>, or models of the scheme only call tools.</exception>
    public ValueTask<IChatClient> OpenChatAsync(string spec, CancellationToken cancellationToken = default)
    {
        var parsed = ModelSpec.Parse(spec);
        return Find(parsed) is IChatModelProvider chat
            ? chat.OpenChatAsync(parsed, cancellationToken)
            : throw new InputException(
                $"the models of '{parsed.Scheme}:' call tools only, and cannot answer in free text",
                $"Schemes that can: {Names(_providers.Values.OfType<IChatModelProvider>().Select(p => p.Scheme))}; a plug-in can add one.");
    }

    /// <summary><see cref="IModelProvider.RunsElsewhere"/> of the model that <paramref name="spec"/> names.</summary>
    /// <exception cref="InputException">The spec is malformed, or its scheme is unknown.</exception>
    public bool RunsElsewhere(string spec) => Find(ModelSpec.Parse(spec)).RunsElsewhere;

    IModelProvider Find(ModelSpec spec) =>
        _providers.TryGetValue(spec.Scheme, out var provider)
            ? provider
            : throw new InputException(
                $"no provider opens the scheme '{spec.Scheme}:'", $"Known schemes: {Names(_providers.Keys)}; a plug-in can add one.");

    static string Names(IEnumerable<string> schemes) =>
        schemes.Order(StringComparer.Ordinal).DefaultIfEmpty("none").Aggregate((all, next) => $"{all}, {next}");
}
