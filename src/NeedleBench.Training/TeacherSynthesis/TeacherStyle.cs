namespace NeedleBench.Training.TeacherSynthesis;

/// <summary>A way of putting a request, and how a teacher is told of it.</summary>
/// <param name="Name">As suites write it.</param>
/// <param name="IsRefusal">Whether no call is right.</param>
/// <param name="Instruction">For the prompt.</param>
public sealed record TeacherStyle(string Name, bool IsRefusal, string Instruction)
{
    /// <summary>In the order in which they are asked for.</summary>
    public static IReadOnlyList<TeacherStyle> All { get; } =
    [
        new("terse", false, "As few words as possible, as typed on a watch."),
        new("polite", false, "Polite and in whole sentences."),
        new("conversational", false, "As one talks to a person, with some context around the wish."),
        new("indirect", false, "The wish is not spoken out and has to be inferred. The values still stand in the request."),
        new("disfluent", false, "As spoken: fillers, restarts, self-corrections. What counts in the end is unambiguous."),
        new("garbled", false, "With typos or speech-recognition errors. The words that become argument values are spared."),
        new("near_miss", true, "Close to what the tool in focus does, but none of the tools on offer can do it."),
        new("none", true, "Something that has nothing to do with any of the tools on offer: another wish, a question, small talk."),
    ];
}
