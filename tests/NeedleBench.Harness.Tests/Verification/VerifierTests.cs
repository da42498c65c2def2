using NeedleBench.Harness.Verification;

namespace NeedleBench.Harness.Tests.Verification;

public sealed class VerifierTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    // As generated, end token (1) included: the whole answer counts.
    [InlineData("""{"query":"q","tools":"[]","output_ids":[4,7,8,1]}""", true)]
    [InlineData("""{"query":"q","tools":"[]","output_ids":[4,7,1]}""", false)]
    [InlineData("""{"query":"q","tools":"[]","output_ids":[4,7,8,9,1]}""", false)]
    // Without an end token the record was cut: its beginning counts.
    [InlineData("""{"query":"q","tools":"[]","output_ids":[4,7]}""", true)]
    [InlineData("""{"query":"q","tools":"[]","output_ids":[4,8]}""", false)]
    [InlineData("""{"query":"q","tools":"[]","output_ids":[4,7,8,9]}""", false)]
    // A whole answer without its end token.
    [InlineData("""{"query":"q","tools":[],"expected_token_ids":[4,7,8],"expected_text":"other"}""", true)]
    [InlineData("""{"query":"q","tools":[],"expected_token_ids":[4,7]}""", false)]
    // Text alone.
    [InlineData("""{"query":"q","tools":[],"expected_text":"[]"}""", true)]
    [InlineData("""{"query":"q","tools":[],"output_text":"[ ]"}""", false)]
    public async Task Compares_what_was_recorded(string vector, bool equal)
    {
        var result = await VerifyAsync(vector);

        Assert.Equal((1, equal ? 1 : 0), (result.Vectors, result.Equal));
    }

    [Fact]
    public async Task Says_where_answers_part()
    {
        var result = await VerifyAsync("""{"query":"q","tools":[],"output_ids":[4,7,8,1]}""" + "\n\n" + """{"query":"r","tools":[],"output_ids":[4,9,8,1]}""");

        var difference = Assert.Single(result.Differences);
        Assert.Equal((1, 3, 1), (difference.Index, difference.Vector.Line, difference.FirstDifferentToken));
        Assert.Equal(0.5, result.Share);
    }

    [Fact]
    public async Task Reads_one_object_with_examples_and_asks_as_it_was_recorded()
    {
        var model = new RecordingModel();
        var vectors = VectorFile.Read(Write("""{"examples":[{"query":"q","tools":"[{\"name\":\"t\"}]","expected_text":"[]"}]}"""));
        await Verifier.VerifyAsync(model, vectors, constrained: true);
        await Verifier.VerifyAsync(model, vectors, constrained: false);

        Assert.Equal(["t", "t"], model.Requests.Select(r => Assert.Single(r.Tools).Name));
        Assert.Equal([true, false], model.Requests.Select(r => r.Constrained));
    }

    [Theory]
    [InlineData("{nope", 1, "not JSON")]
    [InlineData("""{"query":"q","tools":[],"expected_text":"[]"}""" + "\n{]", 2, "not JSON")]
    [InlineData("""{"tools":[],"expected_text":"[]"}""", 1, "query")]
    [InlineData("""{"query":"q","tools":[]}""", 1, "nothing of what is expected")]
    [InlineData("""{"query":"q","tools":[],"output_ids":["a"]}""", 1, "output_ids")]
    [InlineData("""{"query":"q","tools":"nope","output_ids":[1]}""", 1, "tool list")]
    public void Bad_vectors_are_named_by_file_and_line(string text, int line, string part)
    {
        var file = Write(text);
        var error = Assert.Throws<InputException>(() => VectorFile.Read(file));

        Assert.Equal((file, line), (error.File, error.Line));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_verifies_nothing_and_is_refused() =>
        Assert.Contains("no vectors", Assert.Throws<InputException>(() => VectorFile.Read(Write("\n"))).Message, StringComparison.Ordinal);

    [SharedFact("golden/needle-e2e")]
    public void The_vectors_recorded_from_the_published_weights_can_be_read()
    {
        var vectors = VectorFile.Read(RepositoryFiles.InShared("golden/needle-e2e/e2e_vectors.json"));

        Assert.Equal(560, vectors.Count);
        Assert.All(vectors, v => Assert.True(v is { IdsAreWhole: true, ExpectedIds.Count: > 0 }));
    }

    async Task<VerificationResult> VerifyAsync(string text) =>
        await Verifier.VerifyAsync(new RecordingModel(), VectorFile.Read(Write(text)), constrained: false);

    string Write(string text)
    {
        File.WriteAllText(_folder.File("vectors.jsonl"), text);
        return _folder.File("vectors.jsonl");
    }

    /// <summary>Answers everything with the tokens 4 7 8 1 and the text [].</summary>
    sealed class RecordingModel : IToolCallingModel
    {
        public List<ToolCallRequest> Requests { get; } = [];

        public ModelInfo Info { get; } = new("fake", "fake:x", "unknown", "");

        public ValueTask<ToolCallResponse> CallAsync(ToolCallRequest request, CancellationToken cancellationToken = default)
        {
            Requests.Add(request);
            return ValueTask.FromResult(new ToolCallResponse { RawText = "[]", OutputIds = [4, 7, 8, 1], Timing = default });
        }

        public void Dispose()
        {
        }
    }
}
