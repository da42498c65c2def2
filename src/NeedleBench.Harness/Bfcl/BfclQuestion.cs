using System.Text.Json;

namespace NeedleBench.Harness.Bfcl;

/// <summary>A line of Berkeley's questions.</summary>
/// <param name="Id">Theirs.</param>
/// <param name="Query">The user's words, behind those of the system where there are any.</param>
/// <param name="Messages">The <c>question</c> member.</param>
/// <param name="IsMoreThanQuery">Whether the messages cannot be told from the query.</param>
/// <param name="Functions">The <c>function</c> member: an array of functions whose form was checked.</param>
/// <param name="Line">1-based.</param>
sealed record BfclQuestion(string Id, string Query, JsonElement Messages, bool IsMoreThanQuery, JsonElement Functions, int Line);
