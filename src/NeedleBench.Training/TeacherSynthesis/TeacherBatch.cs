namespace NeedleBench.Training.TeacherSynthesis;

/// <summary>One request to the teacher, and what came of it.</summary>
/// <param name="Tool">The tool in focus.</param>
/// <param name="Style">The style asked for.</param>
/// <param name="Asked">Examples asked for.</param>
/// <param name="Accepted">Examples written.</param>
/// <param name="Problem">The first reason for a rejection, in words; null where there was none.</param>
public sealed record TeacherBatch(string Tool, string Style, int Asked, int Accepted, string? Problem);
