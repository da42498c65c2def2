using Microsoft.Extensions.AI;

namespace NeedleBench.Chat;

/// <summary>
/// Says that a piece of a function call has come. The call itself is of no use before it is whole, and comes then as
/// <see cref="FunctionCallContent"/>; without this sign the time to first token could not be seen.
/// </summary>
public sealed class FunctionCallProgress : AIContent;
