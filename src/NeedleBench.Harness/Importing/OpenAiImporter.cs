using System.Text.Json;
using NeedleBench.Harness.Suites;

namespace NeedleBench.Harness.Importing;

/// <summary>
/// Imports JSONL of chat records as OpenAI writes them: <c>{"messages":[{"role":"user","content":"…"}],"tools":[{"type":
/// "function","function":{…}}],"expected":[…]}</c>. The expected calls are taken from <c>expected</c>, else from
/// <c>tool_calls</c>, else from the one assistant message that has <c>tool_calls</c>; an assistant that answers without any
/// means that no call is right. A case is one request, so a record with several user messages, or with several steps of
/// calls, is refused. A system or developer message is not part of a case: such cases are tagged
/// <c>system_message_dropped</c>. Other members are passed over.
/// </summary>
public static class OpenAiImporter
{
    /// <summary>The tag of cases whose record had a system or developer message.</summary>
    public const string SystemMessageDropped = "system_message_dropped";

    /// <inheritdoc cref="NeedleImporter.Import"/>
    public static Suite Import(string file, string outFolder, string name, ImportOptions? options = null) =>
        ImportedSuite.Write(file, outFolder, name, options ?? new ImportOptions(), Read);

    static IEnumerable<ImportedCase> Read(string file)
    {
        foreach (var (record, place) in RecordFile.Read(file))
        {
            if (!record.TryGetProperty("messages", out var list) || list.ValueKind != JsonValueKind.Array)
            {
                throw place.Bad("'messages' is no list", "Write \"messages\":[{\"role\":\"user\",\"content\":\"…\"}].");
            }

            var messages = list.EnumerateArray().Select(message => (Role: Role(message, place), Message: message)).ToList();
            var tools = place.Tools(record);
            var dropped = messages.Any(message => message.Role is "system" or "developer");
            yield return new ImportedCase(
                place.Line, Query(messages, place), tools, Expected(record, messages, tools, place), dropped ? [SystemMessageDropped] : []);
        }
    }

    static string Role(JsonElement message, RecordPlace place)
    {
        var role = message.ValueKind == JsonValueKind.Object && message.TryGetProperty("role", out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return role is "system" or "developer" or "user" or "assistant" or "tool"
            ? role
            : throw place.Bad($"a message has the role '{role}'", "The roles are system, developer, user, assistant and tool.");
    }

    static string Query(List<(string Role, JsonElement Message)> messages, RecordPlace place)
    {
        var users = messages.Where(message => message.Role == "user").ToList();
        if (users.Count != 1)
        {
            throw place.Bad($"there are {users.Count} user messages", "A case is one request: give one user message a record.");
        }

        const string Mend = "Write \"content\":\"…\", or a list of {\"type\":\"text\",\"text\":\"…\"}.";
        var content = users[0].Message.TryGetProperty("content", out var value) ? value : default;
        if (content.ValueKind != JsonValueKind.Array)
        {
            return place.Text(users[0].Message, "content", Mend);
        }

        var texts = new List<string>();
        foreach (var part in content.EnumerateArray())
        {
            if (part.ValueKind != JsonValueKind.Object || !part.TryGetProperty("type", out var type)
                || type.ValueKind != JsonValueKind.String || type.GetString() != "text")
            {
                throw place.Bad("a part of the user's content is no text", Mend);
            }

            texts.Add(place.Text(part, "text", Mend));
        }

        return texts.Count > 0 ? string.Join('\n', texts) : throw place.Bad("'content' is missing or not a text", Mend);
    }

    static IReadOnlyList<ExpectedCall> Expected(
        JsonElement record, List<(string Role, JsonElement Message)> messages, IReadOnlyList<ToolDefinition> tools, RecordPlace place)
    {
        foreach (var key in (ReadOnlySpan<string>)["expected", "tool_calls"])
        {
            if (record.TryGetProperty(key, out var calls))
            {
                return ExpectedCallRecord.ReadList(calls, key, tools, place);
            }
        }

        var answers = messages.Where(message => message.Role == "assistant").ToList();
        var steps = answers.Select(answer => Calls(answer.Message)).OfType<JsonElement>().ToList();
        return (answers.Count, steps.Count) switch
        {
            (0, _) => throw place.Bad(
                "no expected calls are given", "Give them as \"expected\", as \"tool_calls\", or in an assistant message; [] where none is right."),
            (_, 0) => [],
            (_, 1) => ExpectedCallRecord.ReadList(steps[0], "tool_calls", tools, place),
            _ => throw place.Bad($"{steps.Count} assistant messages call tools", "A case is one request and one answer: keep the first."),
        };
    }

    // An assistant that only talks has no tool_calls, or null, or an empty list.
    static JsonElement? Calls(JsonElement message) =>
        message.TryGetProperty("tool_calls", out var calls)
        && calls.ValueKind != JsonValueKind.Null
        && !(calls.ValueKind == JsonValueKind.Array && calls.GetArrayLength() == 0)
            ? calls
            : null;
}
