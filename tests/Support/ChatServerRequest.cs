using System.Text.Json;

namespace NeedleBench.Tests;

/// <summary>What came to a <see cref="LoopbackChatServer"/>.</summary>
/// <param name="Number">From 0, in the order of arrival.</param>
/// <param name="Headers">The lines above the body.</param>
/// <param name="Body">The JSON sent.</param>
/// <param name="Arrived">A <see cref="TimeProvider.GetTimestamp"/>.</param>
sealed record ChatServerRequest(int Number, string Headers, JsonElement Body, long Arrived)
{
    /// <summary>The text of the last message.</summary>
    public string LastMessage => Body.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString()!;
}
