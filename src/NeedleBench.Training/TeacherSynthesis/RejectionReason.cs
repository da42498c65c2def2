namespace NeedleBench.Training.TeacherSynthesis;

/// <summary>Why an example that was asked for did not get into the file. The closed list; the first four cost a whole batch.</summary>
public enum RejectionReason
{
    /// <summary>The teacher did not answer: a timeout, a refusal, a broken connection.</summary>
    TeacherFailed,

    /// <summary>The answer ends in the middle.</summary>
    Truncated,

    /// <summary>The answer is prose without any JSON.</summary>
    NoJson,

    /// <summary>What looks like JSON in the answer is none, or no list of examples.</summary>
    MalformedJson,

    /// <summary>The list is shorter than asked for.</summary>
    Missing,

    /// <summary>An element has no request or no list of calls, or is too long.</summary>
    MalformedExample,

    /// <summary>There is no call where one is right.</summary>
    NoCall,

    /// <summary>There is a call where none is right.</summary>
    UnexpectedCall,

    /// <summary>A tool is called that is not on offer, or the one in focus is not.</summary>
    WrongTool,

    /// <summary>The arguments break the tool's JSON schema, or name a parameter that it does not have.</summary>
    SchemaInvalid,

    /// <summary>A text value does not stand in the request.</summary>
    UngroundedText,

    /// <summary>A number is not the one that the request writes in digits.</summary>
    UngroundedNumber,

    /// <summary>The request is there already, but for case, punctuation and spaces.</summary>
    Duplicate,

    /// <summary>The request is nearly one that is there already.</summary>
    NearDuplicate,
}
