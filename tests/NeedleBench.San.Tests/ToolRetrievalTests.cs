using NeedleBench.Tokenizers;

namespace NeedleBench.San.Tests;

public class ToolRetrievalTests
{
    static readonly SentencePieceTokenizer Tokenizer = SentencePieceTokenizer.Load(EmbeddedModels.Read("san-nano", "tokenizer.model"));

    static readonly ToolDefinition[] Tools =
    [
        new("switch_lamp", "Switch a lamp.", default), new("play_song", "Play a song.", default), new("order_soup", "Order soup.", default), new("water_fern", "Water a fern.", default),
    ];

    [Theory]
    [InlineData("switch on the lamp", "")]
    [InlineData("lamp on, please", "")]
    [InlineData("switch on the lamp and play a song", "switch on the lamp|play a song")]
    [InlineData("My soup is cold. Why? Order another, then water the fern", "My soup is cold.|Order another|water the fern")]
    [InlineData("the lamp - the one by the door - is broken", "the lamp|the one by the door|is broken")]
    [InlineData("meet Anderson at 10:30 in Thenford", "")]
    public void A_request_is_cut_behind_punctuation_and_at_joining_words(string request, string clauses) =>
        Assert.Equal(clauses.Split('|', StringSplitOptions.RemoveEmptyEntries), RequestClauses.Split(request));

    [Fact]
    public void A_page_of_clauses_is_cut_short() =>
        Assert.Equal(16, RequestClauses.Split(string.Join(". ", Enumerable.Repeat("water the fern", 1000))).Count);

    [Fact]
    public void A_clause_brings_up_the_tool_that_the_whole_request_drowns()
    {
        // Three parts of soup and one of song: the whole is nearer to fern, which is a little like soup.
        const string Request = "Soup soup soup today, and play a song";
        using var backend = new WordBackend();

        Assert.Equal(["order_soup", "play_song"], Nearest(clauses: true));
        Assert.Equal(["order_soup", "water_fern"], Nearest(clauses: false));

        IEnumerable<string> Nearest(bool clauses) =>
            new ToolRetrieval(backend, Tokenizer, clauses).Rank(Request, Tools).Take(2).Select(i => Tools[i].Name);
    }

    [Fact]
    public void What_retrieval_goes_by_is_told_by_name_and_fingerprint()
    {
        var whole = SanSpec.Read(ModelSpec.Parse("san:x?retrieve=3&clauses=false"));
        var clauses = SanSpec.Read(ModelSpec.Parse("san:x?retrieve=3"));

        Assert.Equal("x, retrieve=3, clauses=false", SanSpec.Name("x", whole));
        Assert.Equal("x, retrieve=3", SanSpec.Name("x", clauses));
        Assert.NotEqual(SanFingerprint.Compute("w", "fp32", clauses), SanFingerprint.Compute("w", "fp32", whole));
    }

    /// <summary>Embeds a text as the count of four words; soup and fern are alike.</summary>
    sealed class WordBackend : ISanBackend
    {
        static readonly (string Word, float[] Direction)[] Words =
            [("lamp", [1, 0, 0, 0]), ("song", [0, 1, 0, 0]), ("soup", [0, 0, 1, 0]), ("fern", [0, 0, 0.5f, 0.8660254f])];

        public string Precision => "fp32";

        public long? Parameters => null;

        public long? WeightBytes => null;

        public int VocabularySize => Tokenizer.VocabularySize;

        public int EosId => 1;

        public int DecoderStartId => 1;

        public int EmbeddingSize => 4;

        public void Prefill(ReadOnlySpan<int> ids) => throw new NotSupportedException();

        public ReadOnlySpan<float> Advance(ReadOnlySpan<int> ids) => throw new NotSupportedException();

        public void Embed(ReadOnlySpan<int> ids, Span<float> embedding)
        {
            var text = Tokenizer.Decode(ids).ToLowerInvariant();
            embedding.Clear();
            foreach (var (word, direction) in Words)
            {
                var count = text.Split(word).Length - 1;
                for (var i = 0; i < direction.Length; i++)
                {
                    embedding[i] += count * direction[i];
                }
            }

            var norm = MathF.Sqrt(embedding.ToArray().Sum(x => x * x));
            for (var i = 0; i < embedding.Length && norm > 0; i++)
            {
                embedding[i] /= norm;
            }
        }

        public void Dispose()
        {
        }
    }
}
