namespace NeedleBench.Harness.Scoring;

/// <summary>
/// What went wrong with a case: the first that applies, in this order. Earlier members hide later ones, because what comes
/// first in an application is what its user meets first.
/// </summary>
public enum ErrorClass
{
    /// <summary>Nothing: the case is an exact match.</summary>
    None,

    /// <summary>The model threw.</summary>
    ModelError,

    /// <summary>The text could not be read as calls.</summary>
    ParseFailure,

    /// <summary>Refused where a call was right.</summary>
    MissedCall,

    /// <summary>Called something, whatever it was, where no call was right.</summary>
    UnwantedCall,

    /// <summary>Called a tool that was not on offer.</summary>
    UnknownTool,

    /// <summary>Called a tool that was not expected, or as many calls as expected but one tool in place of another.</summary>
    WrongTool,

    /// <summary>Only expected tools, but too few or too many calls.</summary>
    WrongCount,

    /// <summary>The right tools, but some arguments break the tool's JSON schema: an application would refuse the call.</summary>
    SchemaInvalid,

    /// <summary>An argument that the tool does not declare (and its schema lets through).</summary>
    InventedArgument,

    /// <summary>An expected argument left out (that the schema does not require).</summary>
    MissingArgument,

    /// <summary>A declared argument that was not expected.</summary>
    UnexpectedArgument,

    /// <summary>A wrong value, of the right type.</summary>
    WrongValue,
}
