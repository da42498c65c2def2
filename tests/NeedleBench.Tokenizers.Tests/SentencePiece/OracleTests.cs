using System.Text.Json;

namespace NeedleBench.Tokenizers.Tests.SentencePiece;

/// <summary>Against what the SentencePiece library itself said of three trained models.</summary>
public class OracleTests
{
    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [SharedFact("golden/sentencepiece")]
    public void Encodes_the_golden_texts_as_the_library_does() =>
        AssertEncodes("golden/sentencepiece/tokenizer.model", "golden/sentencepiece/vectors.json", 624);

    [SharedFact("tokenizers/mistral")]
    public void Encodes_with_mistral_as_the_library_does() =>
        AssertEncodes("tokenizers/mistral/tokenizer.model", "tokenizers/mistral/vectors.json", 200);

    [SharedFact("golden/sentencepiece")]
    public void Decodes_the_golden_texts_as_the_library_does() => AssertDecodes("golden/sentencepiece/vectors.json", 624);

    [SharedFact("golden/sentencepiece")]
    public void Decodes_any_ids_as_the_library_does() => AssertDecodes("golden/sentencepiece/decode_vectors.json", 100);

    [SharedFact("tokenizers/mistral")]
    public void Decodes_what_mistral_encodes_to_the_text_itself_but_for_its_space_symbol()
    {
        var tokenizer = Open("tokenizers/mistral/tokenizer.model");
        foreach (var vector in Read("tokenizers/mistral/vectors.json"))
        {
            Assert.Equal(vector.Text!.Replace('▁', ' '), tokenizer.Decode(vector.Ids));
        }
    }

    [SharedFact("models/san-nano")]
    public void Opens_the_tokenizer_of_san_nano_with_the_ids_of_the_design()
    {
        var tokenizer = Open("models/san-nano/tokenizer.model");

        Assert.Equal(4096, tokenizer.VocabularySize);
        Assert.Equal((0, 1, 2, 3), (tokenizer.PadId, tokenizer.EosId, tokenizer.BosId, tokenizer.UnknownId));
        Assert.Equal("<tool_call>", tokenizer.Piece(tokenizer.Encode("<tool_call>")[^1]));
        Assert.Equal(PieceKind.UserDefined, tokenizer.Kind(4));
        Assert.Equal("<tools>", tokenizer.TokenText(5));
    }

    [SharedFact("models/san-nano")]
    public void Finds_the_ids_that_san_nano_was_fed_and_the_text_that_it_wrote()
    {
        var tokenizer = Open("models/san-nano/tokenizer.model");
        var cases = File.ReadLines(RepositoryFiles.InShared("models/san-nano/parity.jsonl"))
            .Select(line => JsonSerializer.Deserialize<Parity>(line, Json)!)
            .ToArray();

        Assert.Equal(200, cases.Length);
        foreach (var one in cases)
        {
            List<int> ids = [];
            tokenizer.Encode(one.Query, ids);
            ids.Add(5);
            tokenizer.Encode(one.Tools, ids);
            Assert.Equal(one.EncoderIds, ids.Take(1024));
            Assert.Equal(one.OutputText, tokenizer.Decode(one.OutputIds.AsSpan().TrimStart(4)));
        }
    }

    static void AssertEncodes(string model, string vectors, int count)
    {
        var tokenizer = Open(model);
        var all = Read(vectors);
        Assert.Equal(count, all.Length);
        foreach (var vector in all)
        {
            Assert.Equal(vector.Ids, tokenizer.Encode(vector.Text!));
        }
    }

    static void AssertDecodes(string vectors, int count)
    {
        var tokenizer = Open("golden/sentencepiece/tokenizer.model");
        var all = Read(vectors);
        Assert.Equal(count, all.Length);
        foreach (var vector in all)
        {
            Assert.Equal(vector.Decoded, tokenizer.Decode(vector.Ids));
        }
    }

    static SentencePieceTokenizer Open(string path) => SentencePieceTokenizer.Load(RepositoryFiles.InShared(path));

    static Vector[] Read(string path) =>
        JsonSerializer.Deserialize<Vector[]>(File.ReadAllText(RepositoryFiles.InShared(path)), Json)!;

    sealed record Vector(string? Text, int[] Ids, string? Decoded);

    sealed record Parity(string Query, string Tools, int[] EncoderIds, int[] OutputIds, string OutputText);
}
