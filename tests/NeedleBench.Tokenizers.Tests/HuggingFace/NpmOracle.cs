using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace NeedleBench.Tokenizers.Tests.HuggingFace;

/// <summary>
/// Hugging Face's own word on ids: <c>@huggingface/tokenizers</c>, written in JavaScript, and <c>@anush008/tokenizers</c>, the
/// Rust library itself behind a Node binding. They are installed once, outside the repository, with no install scripts.
/// </summary>
static class NpmOracle
{
    const string Packages = "@huggingface/tokenizers@0.2.0 @anush008/tokenizers@0.6.0";

    const string Script = """
        const fs = require('fs');
        const [kind, input, output] = process.argv.slice(2);
        const open = kind === 'js' ? text => {
          const { Tokenizer } = require('@huggingface/tokenizers');
          const t = new Tokenizer(JSON.parse(text), { clean_up_tokenization_spaces: false });
          return {
            encode: text => t.encode(text, { add_special_tokens: true }).ids,
            decode: ids => ids.length ? t.decode(ids, { skip_special_tokens: true }) : '',
          };
        } : text => {
          const { Tokenizer } = require('@anush008/tokenizers');
          const t = Tokenizer.fromString(text);
          return {
            encode: async text => (await t.encode(text, null, { addSpecialTokens: true })).getIds(),
            decode: ids => t.decode(ids, true),
          };
        };
        (async () => {
          const results = [];
          for (const { Tokenizer, Jobs } of JSON.parse(fs.readFileSync(input, 'utf8'))) {
            const t = open(Tokenizer), row = [];
            for (const job of Jobs) row.push(typeof job === 'string' ? await t.encode(job) : await t.decode(job));
            results.push(row);
          }
          fs.writeFileSync(output, JSON.stringify(results));
        })().catch(e => { console.error(e); process.exit(1); });
        """;

    static readonly Lazy<(string? Folder, string? WhyNot)> Installed = new(Install);

    /// <summary>Why it cannot be asked here, or null.</summary>
    public static string? WhyNot => Installed.Value.WhyNot;

    /// <summary>The ids that the Rust library gives for each text.</summary>
    public static int[][] EncodeByRust(string tokenizerJson, IReadOnlyList<string> texts) => Ask<string, int[]>("rust", [(tokenizerJson, texts)])[0];

    /// <summary>The ids that the Rust library gives for each text, tokenizer by tokenizer.</summary>
    public static int[][][] EncodeByRust(IReadOnlyList<string> tokenizers, IReadOnlyList<string> texts) =>
        Ask<string, int[]>("rust", [.. tokenizers.Select(tokenizer => (tokenizer, texts))]);

    /// <summary>The ids that the JavaScript library gives for each text.</summary>
    public static int[][] EncodeByJavaScript(string tokenizerJson, IReadOnlyList<string> texts) => Ask<string, int[]>("js", [(tokenizerJson, texts)])[0];

    /// <summary>The text that the Rust library gives for each row of ids, special tokens skipped.</summary>
    public static string[] DecodeByRust(string tokenizerJson, IReadOnlyList<int[]> rows) => DecodeByRust([tokenizerJson], rows)[0];

    /// <summary>The text that the Rust library gives for each row of ids, tokenizer by tokenizer.</summary>
    public static string[][] DecodeByRust(IReadOnlyList<string> tokenizers, IReadOnlyList<int[]> rows) =>
        Ask<int[], string>("rust", [.. tokenizers.Select(tokenizer => (tokenizer, rows))]);

    static TResult[][] Ask<TJob, TResult>(string kind, IReadOnlyList<(string Tokenizer, IReadOnlyList<TJob> Jobs)> work)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("work.json"), JsonSerializer.Serialize(work.Select(one => new { one.Tokenizer, one.Jobs })));
        var script = Path.Combine(Installed.Value.Folder!, "oracle.cjs");
        var error = Run("node", Installed.Value.Folder!, script, kind, folder.File("work.json"), folder.File("results.json"));
        Assert.True(error is null, error);
        return JsonSerializer.Deserialize<TResult[][]>(File.ReadAllText(folder.File("results.json")))!;
    }

    static (string? Folder, string? WhyNot) Install()
    {
        var folder = Path.Combine(Path.GetTempPath(), "needlebench-tests", "npm-tokenizers-0.2.0-0.6.0");
        Directory.CreateDirectory(folder);
        if (!File.Exists(Path.Combine(folder, "installed")))
        {
            File.WriteAllText(Path.Combine(folder, "package.json"), """{"name":"oracle","private":true}""");
            string[] install = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", .. Packages.Split(' ')];
            if (Run("npm", folder, install) is { } error)
            {
                return (null, $"needs node, npm and the packages {Packages}: {error}");
            }
        }

        File.WriteAllText(Path.Combine(folder, "oracle.cjs"), Script);
        if (Run("node", folder, "-e", "require('@huggingface/tokenizers'); require('@anush008/tokenizers')") is { } broken)
        {
            return (null, $"needs the packages {Packages} to load: {broken}");
        }

        File.WriteAllText(Path.Combine(folder, "installed"), "");
        return (folder, null);
    }

    /// <returns>Null, or what went wrong.</returns>
    static string? Run(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(TimeSpan.FromMinutes(3)))
            {
                process.Kill(entireProcessTree: true);
                return $"{program} did not end";
            }

            return process.ExitCode == 0 ? null : $"{program} said: {error.GetAwaiter().GetResult().Trim()} {output.GetAwaiter().GetResult().Trim()}";
        }
        catch (Win32Exception)
        {
            return $"{program} is not installed";
        }
    }
}
