namespace NeedleBench.Harness.Running;

/// <summary>Opens a run's models one at a time: two at once would measure each other's memory.</summary>
sealed class ModelSession(ModelCatalog catalog) : IDisposable
{
    IToolCallingModel? _open;
    string? _spec;

    /// <summary>
    /// Opens each model once, to learn what it is and to fail before the first case rather than after hours. A single
    /// model stays open for <see cref="OpenAsync"/>.
    /// </summary>
    /// <returns>In order; each <see cref="ModelInfo.Spec"/> is the spec that was asked for.</returns>
    /// <exception cref="InputException">A model cannot be opened.</exception>
    public async Task<IReadOnlyList<ModelInfo>> ProbeAsync(IReadOnlyList<string> specs, CancellationToken cancellationToken)
    {
        foreach (var spec in specs)
        {
            _ = ModelSpec.Parse(spec);
        }

        var infos = new List<ModelInfo>();
        foreach (var spec in specs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Close();
            _open = await catalog.OpenAsync(spec, cancellationToken);
            _spec = spec;
            infos.Add(_open.Info with { Spec = spec });
        }

        if (specs.Count > 1)
        {
            Close();
        }

        return infos;
    }

    /// <exception cref="InputException">The model cannot be opened, or is no longer what it was at <see cref="ProbeAsync"/>.</exception>
    public async Task<IToolCallingModel> OpenAsync(ModelInfo info, CancellationToken cancellationToken)
    {
        if (_open is { } kept && _spec == info.Spec)
        {
            return kept;
        }

        Close();
        _open = await catalog.OpenAsync(info.Spec, cancellationToken);
        _spec = info.Spec;
        return _open.Info.Fingerprint == info.Fingerprint
            ? _open
            : throw new InputException(
                $"the model '{info.Spec}' changed while the run went on",
                "Leave the model's files alone, and run again under another name.");
    }

    public void Close()
    {
        _open?.Dispose();
        (_open, _spec) = (null, null);
    }

    public void Dispose() => Close();
}
