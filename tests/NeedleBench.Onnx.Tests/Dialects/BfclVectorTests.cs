using System.Text.Json;
using System.Text.Json.Nodes;
using NeedleBench.Onnx.Dialects;

namespace NeedleBench.Onnx.Tests.Dialects;

/// <summary>Against what Berkeley's own handlers rendered and read, recorded outside this repository.</summary>
public class BfclVectorTests
{
    const string Folder = "bfcl/checker";

    [SharedTheory(Folder)]
    [InlineData("qwen3_fc", "hermes")]
    [InlineData("granite4", "granite")]
    [InlineData("functiongemma", "functiongemma")]
    public void Renders_every_recorded_prompt_byte_for_byte(string handler, string dialect)
    {
        var lines = Lines("prompt_vectors.jsonl");
        Assert.Equal(7, lines.Count);
        foreach (var line in lines)
        {
            var id = line.GetProperty("bfcl_id").GetString()!;
            var tools = ToolDefinitionJson.ParseList(line.GetProperty("functions_after_language_hint"));
            var expected = line.GetProperty("prompts").GetProperty(handler).GetString()!;
            var prompt = PromptDialects.Find(dialect, PromptDialects.Bfcl).Render(new ToolCallRequest(Query(id), tools));
            Assert.Equal(expected, prompt.Text);
        }
    }

    [SharedFact(Folder)]
    public void Reads_every_recorded_answer_as_their_handlers_do()
    {
        var dialects = new Dictionary<string, string>
        {
            ["functiongemma"] = "functiongemma", ["granite4"] = "granite", ["qwen3_fc"] = "hermes", ["lfm2_pr1341"] = "lfm2",
        };
        var lines = Lines("decoder_vectors.jsonl");
        Assert.Equal(89, lines.Count);
        Assert.All(lines, line =>
        {
            var dialect = PromptDialects.Find(dialects[line.GetProperty("handler").GetString()!], PromptDialects.Bfcl);
            var answer = dialect.Parse(line.GetProperty("raw").GetString()!);
            Assert.Equal(line.GetProperty("exception").ValueKind == JsonValueKind.Null, answer.Failure is null);
            var read = new JsonArray([.. answer.Calls.Select(c => (JsonNode)new JsonObject { [c.Name] = JsonNode.Parse(c.Arguments.GetRawText()) })]);
            var expected = answer.Failure is null ? JsonNode.Parse(line.GetProperty("decoded").GetRawText()) : new JsonArray();
            Assert.True(JsonNode.DeepEquals(expected, read), $"{line.GetProperty("case")}: {read.ToJsonString()}");
            Assert.Equal(Numbers(expected), Numbers(read));
        });
    }

    // A float stays a float: 5.0 is not 5 to Berkeley's checker.
    static List<bool> Numbers(JsonNode? node) => node switch
    {
        JsonObject members => [.. members.SelectMany(m => Numbers(m.Value))],
        JsonArray items => [.. items.SelectMany(Numbers)],
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => [value.ToJsonString().AsSpan().IndexOfAny('.', 'e', 'E') >= 0],
        _ => [],
    };

    static string Query(string id)
    {
        var category = id[..id.IndexOfAny(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])].TrimEnd('_');
        var file = RepositoryFiles.InShared($"bfcl/BFCL_v4_{category}.json");
        if (File.Exists(file))
        {
            var question = File.ReadLines(file).Select(l => JsonElement.Parse(l)).First(l => l.GetProperty("id").GetString() == id);
            return question.GetProperty("question")[0][0].GetProperty("content").GetString()!;
        }

        // The one category whose questions are not beside us: its words stand in the recorded prompt.
        var prompt = Lines("prompt_vectors.jsonl").First(l => l.GetProperty("bfcl_id").GetString() == id)
            .GetProperty("prompts").GetProperty("granite4").GetString()!;
        var start = prompt.IndexOf("<|start_of_role|>user<|end_of_role|>", StringComparison.Ordinal) + "<|start_of_role|>user<|end_of_role|>".Length;
        return prompt[start..prompt.IndexOf("<|end_of_text|>", start, StringComparison.Ordinal)];
    }

    static List<JsonElement> Lines(string name) =>
        [.. File.ReadLines(RepositoryFiles.InShared($"{Folder}/{name}")).Select(l => JsonElement.Parse(l))];
}
