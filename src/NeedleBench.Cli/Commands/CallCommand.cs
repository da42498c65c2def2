using System.CommandLine;
using System.Text.Json;
using NeedleBench.Cli.Providers;
using NeedleBench.Harness;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench call</c>: one request, one answer.</summary>
static class CallCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = SharedOptions.Model();
        var query = new Option<string>("--query") { Description = "The request, in the user's words; '-' reads standard input.", HelpName = "text", Required = true };
        var tools = new Option<string>("--tools")
        {
            Description = "A JSON file with the list of tools: name, description, parameters (JSON Schema, or Needle's flat map).",
            HelpName = "file",
            Required = true,
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of text." };
        var maxTokens = SharedOptions.MaxTokens();
        var plugins = SharedOptions.Plugins();
        var command = new Command("call", "Ask a model one request, and print its calls.") { model, query, tools, json, maxTokens, plugins };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var toolsFile = parsed.GetRequiredValue(tools);
            var text = parsed.GetRequiredValue(query);
            var request = new ToolCallRequest(
                text == "-" ? (await Console.In.ReadToEndAsync(cancellationToken)).Trim() : text,
                ToolDefinitionJson.ParseList(InputFile.Read(toolsFile, "Name a JSON file with a list of tools."), toolsFile))
            {
                MaxOutputTokens = parsed.GetValue(maxTokens),
            };
            using var opened = await KnownProviders.Catalog(parsed.GetValue(plugins)).OpenAsync(parsed.GetValue(model)!, cancellationToken);
            var answer = await opened.CallAsync(request, cancellationToken);
            if (parsed.GetValue(json))
            {
                PrintJson(terminal, opened.Info, request, answer);
            }
            else
            {
                PrintText(terminal, answer);
            }

            return answer.Failure is null ? ExitCodes.Fine : ExitCodes.Failures;
        });
        return command;
    }

    static void PrintJson(Terminal terminal, ModelInfo model, ToolCallRequest request, ToolCallResponse answer) =>
        terminal.Out.WriteLine(JsonSerializer.Serialize(
            new
            {
                Model = model.Spec,
                model.Fingerprint,
                request.Query,
                answer.Calls,
                Text = answer.RawText,
                answer.Failure,
                answer.Confidence,
                answer.Timing,
            },
            HarnessJson.Line));

    static void PrintText(Terminal terminal, ToolCallResponse answer)
    {
        if (answer.Failure is { } failure)
        {
            terminal.Error.WriteLine($"The answer cannot be read ({failure.Detail.TrimEnd('.')}):");
            terminal.Out.WriteLine(answer.RawText);
        }
        else if (answer.Calls.Count == 0)
        {
            terminal.Out.WriteLine("(no call)");
        }

        foreach (var call in answer.Calls)
        {
            var arguments = call.Arguments.EnumerateObject().Select(a => $"{a.Name}={JsonSerializer.Serialize(a.Value, HarnessJson.Line)}");
            terminal.Out.WriteLine($"{call.Name}({string.Join(", ", arguments)})");
        }

        var timing = answer.Timing;
        terminal.Error.WriteLine(
            $"{timing.PromptTokens} tokens read in {timing.PrefillSeconds * 1000:F1} ms, "
            + $"{timing.GeneratedTokens} written in {timing.DecodeSeconds * 1000:F1} ms"
            + (answer.Confidence is { } confidence ? $", confidence {confidence:F2}" : ""));
    }
}
