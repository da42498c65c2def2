namespace NeedleBench.Training.Synthesis;

/// <summary>How the words of a name are joined.</summary>
enum NameStyle
{
    Snake,
    Camel,
    Pascal,
    Kebab,
    Dotted,
    Upper,
}
