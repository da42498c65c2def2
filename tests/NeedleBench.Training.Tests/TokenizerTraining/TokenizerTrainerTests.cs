using NeedleBench.Training.TokenizerTraining;

namespace NeedleBench.Training.Tests.TokenizerTraining;

public sealed class TokenizerTrainerTests
{
    static readonly string[] Texts =
    [
        "turn the light on", "turn the heater off", "tell me the time", "[{\"name\":\"turn\"}]", "naïve café", "日本語", "tab\there",
        "the theme of the theatre", "  spaces   around  ", "👍🏽 ok", "mama anna", "aaaa aaa",
    ];

    [Fact]
    public void Gives_the_same_bytes_in_whatever_order_the_texts_come()
    {
        var options = new TokenizerTrainingOptions { VocabularySize = 330, CharacterCoverage = 1 };
        var straight = TokenizerTrainer.Train(Texts, options).ToBytes();
        for (var seed = 0; seed < 10; seed++)
        {
            var shuffled = Texts.ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(straight, TokenizerTrainer.Train(shuffled, options).ToBytes());
        }
    }

    [Fact]
    public void Gives_any_text_back_with_byte_fallback()
    {
        var options = new TokenizerTrainingOptions { VocabularySize = 320, RemoveExtraWhitespaces = false, CharacterCoverage = 0.98f };
        var tokenizer = TokenizerTrainer.Train(Texts, options).Open();
        var random = new Random(11);
        for (var i = 0; i < 500; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => AnyCharacter(random)));
            Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
        }
    }

    [Fact]
    public void Leaves_unknown_characters_unknown_without_byte_fallback()
    {
        var options = new TokenizerTrainingOptions { VocabularySize = 20, ByteFallback = false, CharacterCoverage = 1 };
        var tokenizer = TokenizerTrainer.Train(["turn the light on"], options).Open();

        Assert.Equal(3, tokenizer.UnknownId);
        Assert.Contains(3, tokenizer.Encode("Ж"));
    }

    [Fact]
    public void Carries_the_whitespace_options_into_the_model()
    {
        var options = new TokenizerTrainingOptions { VocabularySize = 267, AddDummyPrefix = false, RemoveExtraWhitespaces = false, CharacterCoverage = 1 };
        var tokenizer = TokenizerTrainer.Train(["aab ab", "aab  ab"], options).Open();

        Assert.Equal("a  b", tokenizer.Decode(tokenizer.Encode("a  b")));
        Assert.Equal("a", tokenizer.Piece(tokenizer.Encode("a")[0]));
    }

    [Fact]
    public void Trains_on_a_long_text_without_a_space()
    {
        var random = new Random(5);
        var text = string.Concat(Enumerable.Range(0, 100_000).Select(_ => (char)('a' + random.Next(8))));
        var trained = TokenizerTrainer.Train([text], new TokenizerTrainingOptions { VocabularySize = 600, CharacterCoverage = 1 });

        Assert.Equal(600, trained.Pieces.Count);
        Assert.Equal(text, trained.Open().Decode(trained.Open().Encode(text)));
    }

    [Fact]
    public void Reads_lone_surrogates_and_null_characters_without_failing()
    {
        var tokenizer = TokenizerTrainer.Train(["a\ud800b", "a\0b"], new TokenizerTrainingOptions { VocabularySize = 267, CharacterCoverage = 1 }).Open();

        Assert.True(tokenizer.TryGetId("\ufffd", out _));
        Assert.False(tokenizer.TryGetId("\0", out _));
    }

    [Fact]
    public void Refuses_a_vocabulary_without_room_for_the_characters_and_says_what_would_do()
    {
        // ▁, a to e: 6 characters behind 262 special pieces.
        var options = new TokenizerTrainingOptions { VocabularySize = 267, CharacterCoverage = 1 };
        var error = Assert.Throws<InputException>(() => TokenizerTrainer.Train(["abcde"], options));

        Assert.Contains("too small", error.Problem, StringComparison.Ordinal);
        Assert.Contains("at least 268", error.Mend, StringComparison.Ordinal);
        Assert.Equal(0, TokenizerTrainer.Train(["abcde"], options with { VocabularySize = 268 }).MergeCount);
    }

    [Fact]
    public void Refuses_a_vocabulary_larger_than_the_corpus_has_merges_for_and_says_what_would_do()
    {
        // ▁abc has 4 characters and 3 merges.
        var options = new TokenizerTrainingOptions { VocabularySize = 300, CharacterCoverage = 1 };
        var error = Assert.Throws<InputException>(() => TokenizerTrainer.Train(["abc"], options));

        Assert.Contains("300 is too large", error.Problem, StringComparison.Ordinal);
        Assert.Contains("at most 269", error.Mend, StringComparison.Ordinal);
        Assert.Equal(269, TokenizerTrainer.Train(["abc"], options with { VocabularySize = 269 }).Open().VocabularySize);
    }

    [Fact]
    public void Refuses_an_empty_corpus()
    {
        Assert.Contains("empty", Assert.Throws<InputException>(() => TokenizerTrainer.Train([], new())).Problem, StringComparison.Ordinal);
        Assert.Contains("empty", Assert.Throws<InputException>(() => TokenizerTrainer.Train(["", "   "], new())).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_options_that_no_model_can_be_trained_with()
    {
        TokenizerTrainingOptions usual = new();
        TokenizerTrainingOptions[] bad =
        [
            default, usual with { VocabularySize = 262 }, usual with { VocabularySize = -1 }, usual with { CharacterCoverage = 0.5f },
            usual with { CharacterCoverage = float.NaN }, usual with { CharacterCoverage = 1.5f }, usual with { MaxPieceLength = 0 },
            usual with { MaxPieceLength = 513 }, usual with { UserDefinedSymbols = [""] }, usual with { UserDefinedSymbols = ["<a>", "<a>"] },
            usual with { UserDefinedSymbols = ["<s>"] }, usual with { UserDefinedSymbols = ["<0x41>"] },
            usual with { UserDefinedSymbols = ["two words"] }, usual with { UserDefinedSymbols = ["\ud800"] },
        ];

        Assert.All(bad, options => Assert.Throws<InputException>(() => TokenizerTrainer.Train(Texts, options)));
    }

    [Fact]
    public void Stops_when_told_to()
    {
        using var source = new CancellationTokenSource();
        var read = 0;
        IEnumerable<string> Endless()
        {
            while (true)
            {
                if (++read == 10)
                {
                    source.Cancel();
                }

                yield return "text";
            }
        }

        Assert.Throws<OperationCanceledException>(() => TokenizerTrainer.Train(Endless(), new(), source.Token));
        Assert.Equal(10, read);
    }

    [Fact]
    public void Saves_what_it_gives_and_leaves_nothing_beside_it()
    {
        using var folder = new TemporaryFolder();
        var trained = TokenizerTrainer.Train(["abc"], new TokenizerTrainingOptions { VocabularySize = 269, CharacterCoverage = 1 });
        trained.Save(folder.File("tokenizer.model"));

        Assert.Equal(trained.ToBytes(), File.ReadAllBytes(folder.File("tokenizer.model")));
        Assert.Single(Directory.GetFiles(folder.Path));
        var error = Assert.Throws<InputException>(() => trained.Save(folder.File("none/tokenizer.model")));
        Assert.Equal(folder.File("none/tokenizer.model"), error.File);
    }

    /// <summary>A valid character other than U+2581, which decodes as the space it stands for, and U+0000.</summary>
    static string AnyCharacter(Random random)
    {
        while (true)
        {
            var c = random.Next(3) switch { 0 => random.Next(1, 0x80), 1 => random.Next(1, 0x10000), _ => random.Next(1, 0x110000) };
            if (c is not 0x2581 and not (>= 0xD800 and <= 0xDFFF))
            {
                return char.ConvertFromUtf32(c);
            }
        }
    }
}
