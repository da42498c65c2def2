using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace NeedleBench.Training.TeacherSynthesis;

/// <summary>What the teacher is told. The checks are those of <see cref="CandidateCheck"/>, said in words.</summary>
static class TeacherPrompt
{
    const string System =
        """
        You write training data for a small model that turns a user's request into tool calls.
        Answer with a JSON array and nothing else: no explanation, no code fence.
        Each element is {"query":"the user's words","calls":[{"name":"tool","arguments":{…}}]}.
        """;

    const string Rules =
        """
        Rules:
        - Arguments follow the tool's JSON schema, and name only parameters that it has. Optional ones are left out where the request does not give them.
        - A text value that is not from an enum stands in the request word for word.
        - Numbers in the request are written in digits, and are the same in the arguments: no conversion of units.
        - Requests differ in wording, in values and in which optional parameters they give. No placeholders.
        """;

    static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="focus">The tool that the examples are about.</param>
    /// <param name="offered">All tools on offer, <paramref name="focus"/> among them.</param>
    /// <param name="style">How the requests are put.</param>
    /// <param name="count">How many.</param>
    /// <param name="known">Requests that are there already.</param>
    public static IReadOnlyList<ChatMessage> Write(
        ToolDefinition focus, IReadOnlyList<ToolDefinition> offered, TeacherStyle style, int count, IReadOnlyCollection<string> known)
    {
        var text = new StringBuilder("Tools on offer:\n");
        foreach (var tool in offered)
        {
            text.Append(Describe(tool)).Append('\n');
        }

        text.Append("\nTool in focus: ").Append(focus.Name);
        text.Append("\nStyle: ").Append(style.Name).Append(". ").Append(style.Instruction);
        text.Append(FormattableString.Invariant($"\nWrite {count} examples. "));
        text.Append(style.IsRefusal
            ? "No tool on offer can serve them, so \"calls\" is [] in each.\n\n"
            : "The right answer to each calls the tool in focus, as a rule once and no other tool.\n\n");
        text.Append(Rules);
        if (known.Count > 0)
        {
            text.Append("\n\nWritten already; write others:\n").AppendJoin('\n', known.Select(query => $"- {query}"));
        }

        return [new ChatMessage(ChatRole.System, System), new ChatMessage(ChatRole.User, text.ToString())];
    }

    static string Describe(ToolDefinition tool)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, tool.Name);
            writer.WriteString("description"u8, tool.Description);
            writer.WritePropertyName("parameters"u8);
            tool.Schema.WriteTo(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
