namespace NeedleBench.Remote.Downloads;

/// <summary>What a model may be used for.</summary>
/// <param name="Name">As its authors call it, e.g. <c>Apache-2.0</c>.</param>
/// <param name="Address">Where its text stands.</param>
public sealed record ModelLicence(string Name, string Address);
