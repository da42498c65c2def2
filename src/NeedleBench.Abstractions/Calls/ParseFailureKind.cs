namespace NeedleBench;

/// <summary>The closed list of reasons why a model's text could not be read as calls.</summary>
public enum ParseFailureKind
{
    /// <summary>The model wrote nothing at all.</summary>
    Empty,

    /// <summary>The text ended at the token limit before the calls were closed.</summary>
    Truncated,

    /// <summary>The text is not JSON (or not the dialect's syntax).</summary>
    NotJson,

    /// <summary>Valid JSON, but not a list.</summary>
    NotACallList,

    /// <summary>A list with an element that is no call: the name is missing, or the arguments are no object.</summary>
    NotACall,

    /// <summary>The prompt alone is longer than the model's context, so nothing was generated.</summary>
    PromptTooLong,
}
