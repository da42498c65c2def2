namespace NeedleBench.Onnx.Tests.LanguageModels;

public sealed class CallTests
{
    const string Json = """{"name": "get_weather", "arguments": {"city": "Köln", "days": 3}}""";

    /// <summary>What a model of each family writes for <c>get_weather(city: "Köln", days: 3)</c>, and what ends it.</summary>
    public static TheoryData<string, string, string, string> Answers => new()
    {
        { "Qwen", "hermes", $"<tool_call>\n{Json}\n</tool_call>", "<|im_end|>" },
        { "Gemma", "functiongemma", "<start_function_call>call:get_weather{city:<escape>Köln<escape>,days:3}<end_function_call>", "<start_function_response>" },
        { "Granite", "granite", $"<tool_call>\n{Json}\n</tool_call>", "<|end_of_text|>" },
        { "Lfm", "lfm2", """<|tool_call_start|>[get_weather(city="Köln", days=3)]<|tool_call_end|>""", "<|im_end|>" },
        { "Lfm", "lfm2.5", """<|tool_call_start|>[get_weather(city="Köln", days=3)]<|tool_call_end|>""", "<|endoftext|>" },
        { "Qwen", "json", $"[{Json}]", "<|endoftext|>" },
    };

    [OnnxRuntimeTheory]
    [MemberData(nameof(Answers))]
    public async Task A_call_that_the_model_writes_comes_back_as_that_call(string family, string dialect, string answer, string end)
    {
        using var folder = new TinyFolder(Family(family));
        folder.WriteScript(answer, end, dialect);
        using var model = folder.Open(Family(family).Dialect == dialect ? "" : $"dialect={dialect}");

        var response = await model.CallAsync(TinyFolder.Request);

        Assert.Equal(answer, response.RawText);
        Assert.Null(response.Failure);
        var call = Assert.Single(response.Calls);
        Assert.Equal("get_weather", call.Name);
        Assert.Equal("Köln", call.Arguments.GetProperty("city").GetString());
        Assert.Equal(3, call.Arguments.GetProperty("days").GetInt32());

        // The end token counts, and does not belong to the text; "<|endoftext|>" is no end of LFM2's by its files, but by its dialect.
        if (dialect != "json")
        {
            Assert.Equal([.. folder.Tokenizer.Encode(answer, addSpecialTokens: false), folder.Id(end)], response.OutputIds);
        }

        Assert.Equal(16, response.DialectFingerprint!.Length);
        Assert.Equal((folder.Prompt(dialect).Length, response.OutputIds!.Count), (response.Timing.PromptTokens, response.Timing.GeneratedTokens));
        Assert.True(response.Timing is { PrefillSeconds: > 0, DecodeSeconds: > 0, TimeToFirstTokenSeconds: > 0 });
    }

    [OnnxRuntimeFact]
    public async Task Older_exports_are_told_whether_there_is_a_cache()
    {
        using var folder = new TinyFolder(TinyFamily.Qwen with { HasUseCacheBranch = true });
        folder.WriteScript("no tool fits", "<|im_end|>");
        File.Move(folder.InFolder("onnx/model.onnx"), folder.InFolder("onnx/decoder_model_merged.onnx"));
        using var model = folder.Open();

        var response = await model.CallAsync(TinyFolder.Request);

        Assert.Equal("no tool fits", response.RawText);
        Assert.Empty(response.Calls);
    }

    [OnnxRuntimeFact]
    public async Task A_stop_text_ends_the_answer_wherever_its_tokens_begin()
    {
        // The dialect's "\nRequest:" is many tokens; the first shares none of the text before.
        using var folder = new TinyFolder(TinyFamily.Qwen);
        folder.WriteScript("[]\nRequest: and so on, and on", null, "json");
        using var model = folder.Open("dialect=json&max_tokens=200");

        var response = await model.CallAsync(TinyFolder.Request);

        Assert.Equal("[]", response.RawText);
        Assert.Null(response.Failure);
        Assert.Equal(folder.Tokenizer.Encode("[]\nRequest:", addSpecialTokens: false), response.OutputIds);
    }

    [OnnxRuntimeFact]
    public async Task A_single_end_id_ends_answers_as_a_list_of_them_does()
    {
        using var folder = new TinyFolder(TinyFamily.Qwen);
        folder.Write("generation_config.json", new { eos_token_id = folder.Id("</think>") });
        folder.WriteScript("so", "</think>");
        using var model = folder.Open();

        Assert.Equal("so", (await model.CallAsync(TinyFolder.Request)).RawText);
    }

    [OnnxRuntimeFact]
    public async Task An_answer_cut_by_the_token_limit_is_truncated()
    {
        using var folder = new TinyFolder(TinyFamily.Qwen);
        folder.WriteScript($"<tool_call>\n{Json}\n</tool_call>", "<|im_end|>");
        using var model = folder.Open("max_tokens=30");

        var byOption = await model.CallAsync(TinyFolder.Request);
        var byRequest = await model.CallAsync(TinyFolder.Request with { MaxOutputTokens = 20 });

        Assert.Equal((30, ParseFailureKind.Truncated), (byOption.OutputIds!.Count, byOption.Failure!.Kind));
        Assert.Equal((20, ParseFailureKind.Truncated), (byRequest.OutputIds!.Count, byRequest.Failure!.Kind));
        Assert.Empty(byRequest.Calls);
        Assert.NotEqual(byOption.DialectFingerprint, byRequest.DialectFingerprint);
    }

    [OnnxRuntimeFact]
    public async Task A_prompt_beyond_the_context_is_a_failure_of_its_own_kind()
    {
        using var folder = new TinyFolder(TinyFamily.Granite);
        folder.WriteScript("abcdefgh", "<|end_of_text|>");
        var length = folder.Prompt().Length;

        folder.WriteConfig(length);
        using (var model = folder.Open())
        {
            var response = await model.CallAsync(TinyFolder.Request);
            Assert.Equal(ParseFailureKind.PromptTooLong, response.Failure!.Kind);
            Assert.Equal((length, 0), (response.Timing.PromptTokens, response.Timing.GeneratedTokens));
        }

        // Room for three tokens, and no more than three are asked for.
        folder.WriteConfig(length + 3);
        using (var model = folder.Open())
        {
            Assert.Equal(length + 3, model.Info.ContextLength);
            Assert.Equal("abc", (await model.CallAsync(TinyFolder.Request)).RawText);
        }
    }

    [OnnxRuntimeFact]
    public async Task A_cancelled_call_stops_and_the_next_one_is_whole()
    {
        using var folder = new TinyFolder(TinyFamily.Qwen);
        folder.WriteScript("no tool fits", "<|im_end|>");
        using var model = folder.Open();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await model.CallAsync(TinyFolder.Request, cancelled.Token));

        Assert.Equal("no tool fits", (await model.CallAsync(TinyFolder.Request)).RawText);
    }

    [OnnxRuntimeFact]
    public async Task A_running_call_is_cancelled()
    {
        using var folder = new TinyFolder(TinyFamily.Qwen);
        folder.Write("generation_config.json", new { });
        folder.WriteScript(new string('a', 3000), null);
        folder.WriteConfig(8000);
        using var model = folder.Open("max_tokens=3000");
        using var soon = new CancellationTokenSource();
        var call = Task.Run(async () => await model.CallAsync(TinyFolder.Request, soon.Token));

        soon.CancelAfter(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    static TinyFamily Family(string name) => name switch
    {
        "Qwen" => TinyFamily.Qwen,
        "Gemma" => TinyFamily.Gemma,
        "Granite" => TinyFamily.Granite,
        _ => TinyFamily.Lfm,
    };
}
