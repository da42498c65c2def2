using System.Text.Json;
using System.Text.Json.Nodes;
using NeedleBench.Harness.Files;

namespace NeedleBench.Harness.Bfcl;

/// <summary>Reads and writes Berkeley's JSON lines, with the file and the line in every error.</summary>
static class BfclLines
{
    const string QuestionMend =
        "A question is {\"id\":\"…\",\"question\":[[{\"role\":\"user\",\"content\":\"…\"}]],\"function\":[{\"name\":\"…\",\"description\":\"…\",\"parameters\":{\"type\":\"dict\",…}}]}.";

    const string AnswerMend = "An answer is {\"id\":\"…\",\"ground_truth\":[{\"name\":{\"parameter\":[alternatives]}}]}.";

    /// <summary>The questions of a file, in order.</summary>
    /// <exception cref="InputException">A line is no single-turn question, or an id stands twice.</exception>
    public static IEnumerable<BfclQuestion> ReadQuestions(string file)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (json, line) in ReadObjects(file, QuestionMend))
        {
            var id = Id(json, file, line, QuestionMend);
            if (!seen.TryAdd(id, line))
            {
                throw new InputException($"the id '{id}' stands on line {seen[id]} already", "Give each question an id of its own.", file, line);
            }

            yield return Question(id, json, file, line);
        }
    }

    /// <summary>The ground truth of each id.</summary>
    /// <exception cref="InputException">A line is no answer, or an id stands twice.</exception>
    public static Dictionary<string, JsonElement> ReadAnswers(string file)
    {
        var answers = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (json, line) in ReadObjects(file, AnswerMend))
        {
            var id = Id(json, file, line, AnswerMend);
            if (!json.TryGetProperty("ground_truth", out var truth))
            {
                throw new InputException($"the answer '{id}' has no ground truth", AnswerMend, file, line);
            }

            BfclOriginal.CheckTruth(truth, AnswerMend, file, line);
            if (!answers.TryAdd(id, truth))
            {
                throw new InputException($"the id '{id}' has an answer already", "Keep one of them.", file, line);
            }
        }

        return answers;
    }

    /// <summary>Writes one object a line.</summary>
    public static void Write(string file, IEnumerable<JsonNode> lines) => AtomicFile.Write(file, stream =>
    {
        foreach (var line in lines)
        {
            JsonSerializer.Serialize(stream, line, HarnessJson.Line);
            stream.WriteByte((byte)'\n');
        }
    });

    static List<(JsonElement Json, int Line)> ReadObjects(string file, string mend)
    {
        var objects = new List<(JsonElement, int)>();
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            foreach (var line in LineReader.Read(stream).Where(line => !line.IsBlank))
            {
                var json = JsonText.Parse(line.Bytes.Span, file, line.Number);
                objects.Add(json.ValueKind == JsonValueKind.Object
                    ? (json, line.Number)
                    : throw new InputException("the line is no JSON object", mend, file, line.Number));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the file cannot be read ({e.Message.TrimEnd('.')})", mend, file, inner: e);
        }

        return objects;
    }

    static string Id(JsonElement json, string file, int line, string mend) =>
        Text(json, "id") is { } id && !string.IsNullOrWhiteSpace(id) ? id : throw new InputException("there is no id", mend, file, line);

    static BfclQuestion Question(string id, JsonElement json, string file, int line)
    {
        InputException Bad(string problem) => new(problem, QuestionMend, file, line);

        if (!json.TryGetProperty("question", out var turns) || turns.ValueKind != JsonValueKind.Array
            || turns.EnumerateArray().Any(turn => turn.ValueKind != JsonValueKind.Array))
        {
            throw Bad($"'{id}' has no question");
        }

        if (turns.GetArrayLength() != 1)
        {
            throw Bad($"'{id}' has {turns.GetArrayLength()} turns, and only single-turn questions can be imported");
        }

        var messages = turns[0].EnumerateArray().ToList();
        if (messages.Count(message => IsOf(message, "user")) != 1 || !IsOf(messages[^1], "user")
            || messages.Any(message => !IsOf(message, "user") && !IsOf(message, "system")))
        {
            throw Bad($"'{id}' is not one message of a user, behind those of the system");
        }

        var query = string.Join("\n\n", messages.Select(message => Text(message, "content")));
        if (string.IsNullOrWhiteSpace(query))
        {
            throw Bad($"'{id}' has no words");
        }

        if (!json.TryGetProperty("function", out var functions) || functions.ValueKind != JsonValueKind.Array)
        {
            throw Bad($"'{id}' has no list of functions");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var function in functions.EnumerateArray())
        {
            if (string.IsNullOrWhiteSpace(Text(function, "name"))
                || !function.TryGetProperty("parameters", out var parameters) || parameters.ValueKind != JsonValueKind.Object)
            {
                throw Bad($"a function of '{id}' has no name or no parameters");
            }

            if (!names.Add(Text(function, "name")!))
            {
                throw Bad($"'{id}' offers two functions of one name");
            }
        }

        var isMore = messages.Count > 1 || messages[0].EnumerateObject().Count() != 2;
        return new BfclQuestion(id, query, turns, isMore, functions, line);
    }

    static bool IsOf(JsonElement message, string role) => Text(message, "role") == role && Text(message, "content") is not null;

    /// <summary>A member that is a text; null where it is not there or something else.</summary>
    public static string? Text(JsonElement json, string key) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(key, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;
}
