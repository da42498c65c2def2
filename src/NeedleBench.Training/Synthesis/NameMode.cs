namespace NeedleBench.Training.Synthesis;

/// <summary>What becomes of the names of an example's tools.</summary>
enum NameMode
{
    /// <summary>As the corpus has them.</summary>
    Keep,

    /// <summary>Synonyms, abbreviations, another word order or naming style.</summary>
    Rename,

    /// <summary>Invented words.</summary>
    Invent,
}
