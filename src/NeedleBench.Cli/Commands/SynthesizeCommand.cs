using System.CommandLine;
using NeedleBench.Cli.Providers;
using NeedleBench.Harness.Schemas;
using NeedleBench.Training.TeacherSynthesis;
using Spectre.Console;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench synthesize</c>: a teacher writes training examples for the user's own tools.</summary>
static class SynthesizeCommand
{
    public static Command Create(Terminal terminal)
    {
        var tools = new Option<string>("--tools")
        {
            Description = "A JSON file with the list of tools: name, description, parameters (JSON Schema, or Needle's flat map).",
            HelpName = "file",
            Required = true,
        };
        var count = new Option<int?>("--count") { Description = "Examples in the file at the end.", HelpName = "n", Required = true }.AtLeast(1);
        var teacher = new Option<string>("--teacher")
        {
            Description = "The chat model that writes them, e.g. openai:http://127.0.0.1:8080/v1?model=name.",
            HelpName = "spec",
            Required = true,
        };
        var output = new Option<string>("--out") { Description = "The file to write: Needle's JSONL.", HelpName = "file", Required = true };
        var resume = new Option<bool>("--resume") { Description = "Go on with what stands in the file." };
        var batch = new Option<int?>("--batch") { Description = "The most examples asked for at once. Default: 8.", HelpName = "n" }.AtLeast(1);
        var useless = new Option<int?>("--give-up-after") { Description = "Batches in a row that bring nothing. Default: 10.", HelpName = "n" }.AtLeast(1);
        var seed = new Option<int?>("--seed") { Description = "Decides which tools are offered together. Default: 1.", HelpName = "n" }.AtLeast(0);
        var plugins = SharedOptions.Plugins();
        var command = new Command("synthesize", "Have a chat model write training examples for your tools; each is checked. Interrupted, it can be resumed.")
        {
            tools, count, teacher, output, resume, batch, useless, seed, plugins,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var defaults = new TeacherOptions(parsed.GetValue(count)!.Value);
            var options = defaults with
            {
                BatchSize = parsed.GetValue(batch) ?? defaults.BatchSize,
                MaxUselessBatches = parsed.GetValue(useless) ?? defaults.MaxUselessBatches,
                Seed = (ulong)(parsed.GetValue(seed) ?? (int)defaults.Seed),
            };
            var file = parsed.GetRequiredValue(output);
            if (!parsed.GetValue(resume) && Path.Exists(file))
            {
                // Before the teacher is troubled.
                throw new InputException("the file exists already", "Go on with it (--resume), or name a new one.", file);
            }

            var read = ReadTools(parsed.GetRequiredValue(tools));
            using var client = await KnownProviders.Catalog(parsed.GetValue(plugins)).OpenChatAsync(parsed.GetRequiredValue(teacher), cancellationToken);
            var synthesiser = new TeacherSynthesiser(read, client, (tool, arguments) => ToolSchemaValidator.Validate(tool.Schema, arguments), options);
            try
            {
                await synthesiser.RunAsync(file, parsed.GetValue(resume), b => Print(terminal, b, synthesiser.Tally, options.Count), cancellationToken);
            }
            catch when (synthesiser.Tally.Asked > 0)
            {
                // Interrupted, or the disk is full: what was done until then is worth telling.
                PrintTable(terminal, synthesiser.Tally);
                throw;
            }

            PrintTable(terminal, synthesiser.Tally);
            return Conclude(terminal, file, synthesiser.Tally, options.Count);
        });
        return command;
    }

    static IReadOnlyList<ToolDefinition> ReadTools(string file)
    {
        var tools = ToolDefinitionJson.ParseList(InputFile.Read(file, "Name a JSON file with a list of tools."), file);
        foreach (var tool in tools)
        {
            try
            {
                ToolSchemaValidator.CheckSchema(tool.Schema);
            }
            catch (InputException e)
            {
                throw new InputException($"tool '{tool.Name}': {e.Problem}", e.Mend, file, inner: e);
            }
        }

        return tools;
    }

    static void Print(Terminal terminal, TeacherBatch batch, TeacherTally tally, int count) => terminal.Error.WriteLine(
        $"{tally.Total} of {count}  {batch.Tool}, {batch.Style}: {batch.Accepted} of {batch.Asked} taken"
        + (batch.Problem is null ? "" : $" ({batch.Problem})"));

    static void PrintTable(Terminal terminal, TeacherTally tally)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Examples", "Number");
        table.AddRow("asked for", $"{tally.Asked}");
        table.AddRow("accepted", $"{tally.Accepted}");
        foreach (var (reason, number) in tally.Rejected)
        {
            table.AddRow($"rejected: {Words(reason)}", $"{number}");
        }

        terminal.Tables.Write(table);
    }

    static int Conclude(Terminal terminal, string file, TeacherTally tally, int count)
    {
        terminal.Out.WriteLine($"{file}: {tally.Total} examples" + (tally.Before > 0 ? $", {tally.Before} of them from before" : ""));
        if (tally.GivenUp is not { } why)
        {
            return ExitCodes.Fine;
        }

        terminal.Error.WriteLine(
            $"error: {file}: {tally.Total} of {count} examples, then the teacher was given up. {why.TrimEnd('.')}. "
            + "What was written is kept: mend the teacher or choose another one, then go on with --resume.");
        return ExitCodes.Failures;
    }

    static string Words(RejectionReason reason) => reason switch
    {
        RejectionReason.TeacherFailed => "the teacher failed",
        RejectionReason.Truncated => "answer cut in the middle",
        RejectionReason.NoJson => "prose without JSON",
        RejectionReason.MalformedJson => "malformed JSON",
        RejectionReason.Missing => "fewer came than asked for",
        RejectionReason.MalformedExample => "no request or no calls in it",
        RejectionReason.NoCall => "no call where one is right",
        RejectionReason.UnexpectedCall => "a call where none is right",
        RejectionReason.WrongTool => "wrong tool",
        RejectionReason.SchemaInvalid => "arguments break the schema",
        RejectionReason.UngroundedText => "text not in the request",
        RejectionReason.UngroundedNumber => "number not that of the request",
        RejectionReason.Duplicate => "duplicate request",
        RejectionReason.NearDuplicate => "near duplicate request",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
