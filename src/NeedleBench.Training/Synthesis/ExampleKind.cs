namespace NeedleBench.Training.Synthesis;

/// <summary>Where an example comes from.</summary>
public enum ExampleKind
{
    /// <summary>A file.</summary>
    Given,

    /// <summary>Phrasings of the corpus, their tools offered.</summary>
    Request,

    /// <summary>Made-up tools.</summary>
    Artificial,

    /// <summary>A request with no tools on offer.</summary>
    NoTools,

    /// <summary>A request whose tool is not on offer.</summary>
    MissingTool,

    /// <summary>A request of the tools' domain that none of them serves.</summary>
    DomainRefusal,

    /// <summary>A request of another domain.</summary>
    OffTopic,
}
