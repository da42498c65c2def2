namespace NeedleBench;

/// <summary>Opens the models of one scheme. The only thing to write for a new kind of model.</summary>
public interface IModelProvider
{
    /// <summary>The part of a model spec before the first colon, e.g. <c>san</c>.</summary>
    string Scheme { get; }

    /// <summary>One line for <c>models list</c>: what the scheme opens, and its options.</summary>
    string Summary { get; }

    /// <summary>Specs that open here and now, without anything to fetch; for <c>models list</c>.</summary>
    IReadOnlyList<string> Available => [];

    /// <summary>Whether the models run in another process, as behind a server, so that this one's memory says nothing of theirs.</summary>
    bool RunsElsewhere => false;

    /// <summary>Opens a model.</summary>
    /// <exception cref="InputException">The spec, or what it points at, cannot be used.</exception>
    ValueTask<IToolCallingModel> OpenAsync(ModelSpec spec, CancellationToken cancellationToken = default);
}
