namespace NeedleBench.Training.Synthesis;

/// <summary>What a made-up parameter's values are.</summary>
enum ArtificialKind
{
    Name,
    Word,
    Code,
    Time,
    Text,
    Corpus,
    Integer,
    Hour,
    Minutes,
    Percent,
    Number,
    Flag,
    Enum,
    Words,
    Names,
}
