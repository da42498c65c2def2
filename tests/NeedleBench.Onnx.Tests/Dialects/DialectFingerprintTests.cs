using NeedleBench.Onnx.Dialects;

namespace NeedleBench.Onnx.Tests.Dialects;

public class DialectFingerprintTests
{
    static readonly Dictionary<string, string> Greedy = new() { ["sampling"] = "greedy", ["limit"] = "256" };

    [Fact]
    public void Is_sixteen_hexadecimal_digits_that_differ_between_all_dialects()
    {
        var prints = PromptDialects.All.Select(d => DialectFingerprint.Compute(d, "t", Greedy)).ToList();
        Assert.All(prints, p => Assert.Matches("^[0-9a-f]{16}$", p));
        Assert.Equal(PromptDialects.All.Count, prints.Distinct().Count());
    }

    [Fact]
    public void Depends_on_the_tokenizer_and_on_every_setting_but_not_on_their_order()
    {
        var dialect = PromptDialects.Find("hermes");
        var print = DialectFingerprint.Compute(dialect, "t", Greedy);
        Assert.Equal(print, DialectFingerprint.Compute(dialect, "t", new Dictionary<string, string> { ["limit"] = "256", ["sampling"] = "greedy" }));
        Assert.NotEqual(print, DialectFingerprint.Compute(dialect, "u", Greedy));
        Assert.NotEqual(print, DialectFingerprint.Compute(dialect, "t", new Dictionary<string, string>(Greedy) { ["limit"] = "257" }));
        Assert.NotEqual(print, DialectFingerprint.Compute(dialect, "t", new Dictionary<string, string>(Greedy) { ["more"] = "" }));
    }

    [Fact]
    public void Depends_on_template_parser_stops_and_the_dialects_own_settings()
    {
        var one = new Altered(PromptDialects.Find("lfm2"));
        IPromptDialect[] all =
        [
            one,
            new Altered(one) { ParserVersion = 2 },
            new Altered(one) { Change = p => p with { Text = p.Text.Replace("user", "User", StringComparison.Ordinal) } },
            new Altered(one) { Change = p => p with { Stops = ["x"] } },
            new Altered(one) { Change = p => p with { AddStartToken = true } },
            new Altered(one) { Settings = new Dictionary<string, string> { ["thinking"] = "off" } },
        ];
        Assert.Equal(all.Length, all.Select(d => DialectFingerprint.Compute(d, "t", Greedy)).Distinct().Count());
    }

    sealed class Altered(IPromptDialect inner) : IPromptDialect
    {
        public string Name => inner.Name;

        public string Variant => inner.Variant;

        public int ParserVersion { get; init; } = inner.ParserVersion;

        public IReadOnlyDictionary<string, string> Settings { get; init; } = inner.Settings;

        public Func<DialectPrompt, DialectPrompt> Change { get; init; } = p => p;

        public DialectPrompt Render(ToolCallRequest request) => Change(inner.Render(request));

        public DialectAnswer Parse(string text) => inner.Parse(text);
    }
}
