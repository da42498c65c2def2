using System.Diagnostics;
using NeedleBench.Tokenizers;
using NeedleBench.Training.Synthesis;
using NeedleBench.Training.TokenizerTraining;

namespace NeedleBench.Training.Tests.TokenizerTraining;

/// <summary>SentencePiece's own programs as oracles.</summary>
public sealed class SentencePieceToolTests
{
    static readonly string[] Varied =
    [
        "", " ", "  two  spaces   between ", "tab\there\t\tand\tthere", "▁literal▁block", "👍🏽 family 👨‍👩‍👧 🇩🇪", "naïve café e\u0301te\u0301", "日本語のテキスト、カタカナー",
        "Привет, как дела?", "שלום עולם", "مرحبا بالعالم،", "नमस्ते दुनिया", "สวัสดีชาวโลก", "１２３ abc１２ 12ab34", "<tools><tool_call><s></s><unk><pad><0x41>",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaa", "....... ------", "\u00a0non-breaking\u2003em", "\ufffd \u200b \ufeff", "{\"a\":[1,2.5e-3,null,true],\"b\":\"\\u00e9\"}",
    ];

    [ToolFact("spm_encode")]
    public void SentencePiece_reads_our_model_and_encodes_a_thousand_texts_to_the_same_ids()
    {
        using var folder = new TemporaryFolder();
        TokenizerTrainer.Train(OwnCorpus(), new()).Save(folder.File("tokenizer.model"));
        var texts = ThousandTexts();
        File.WriteAllLines(folder.File("texts.txt"), texts);
        var lines = Run("spm_encode", $"--model={folder.File("tokenizer.model")}", "--output_format=id", $"--input={folder.File("texts.txt")}");

        var tokenizer = SentencePieceTokenizer.Load(folder.File("tokenizer.model"));
        Assert.Equal(1000, texts.Length);
        Assert.Equal(texts.Select(text => $"{text}: {string.Join(' ', tokenizer.Encode(text))}"), texts.Zip(lines, (text, ids) => $"{text}: {ids}"));
    }

    [ToolFact("spm_train")]
    public void SentencePiece_trains_the_same_vocabulary_on_our_corpus()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder.File("corpus.txt"), OwnCorpus());
        var ours = TokenizerTrainer.Train(OwnCorpus(), new()).Pieces.Select(piece => piece.Text).ToHashSet();
        Run(
            "spm_train", $"--input={folder.File("corpus.txt")}", $"--model_prefix={folder.File("theirs")}", "--model_type=bpe", "--vocab_size=4096",
            "--byte_fallback", "--split_digits", "--normalization_rule_name=identity", "--user_defined_symbols=<tool_call>,<tools>",
            "--pad_id=0", "--eos_id=1", "--bos_id=2", "--unk_id=3", "--max_sentence_length=1000000", "--minloglevel=2");
        var theirs = SentencePieceTokenizer.Load(folder.File("theirs.model"));

        // 0.1.97 agrees in every piece; later versions count runs such as "aaa" with overlaps.
        var shared = Enumerable.Range(0, theirs.VocabularySize).Count(id => ours.Contains(theirs.Piece(id)));
        Assert.Equal(4096, theirs.VocabularySize);
        Assert.True(shared >= 0.99 * 4096, $"{shared} of 4096 pieces are the same");
    }

    static IEnumerable<string> OwnCorpus() => Texts(seed: 1);

    static IEnumerable<string> Texts(ulong seed) => CorpusTexts.Of(
        CorpusReader.Read(RepositoryFiles.InRepository("src/NeedleBench.Training/Corpus")), new SynthesisOptions(), seed, examples: 8_000);

    /// <summary>Corpus texts with another seed, hand-made hard ones, and cuts of both run together.</summary>
    static string[] ThousandTexts()
    {
        var random = new Random(3);
        var corpus = Texts(seed: 2).ToArray();
        var texts = new List<string>(Varied);
        texts.AddRange(random.GetItems(corpus, 500));
        while (texts.Count < 1000)
        {
            texts.Add(Cut(Varied[random.Next(Varied.Length)], random) + " " + Cut(corpus[random.Next(corpus.Length)], random) + Cut(Varied[random.Next(Varied.Length)], random));
        }

        return [.. texts];
    }

    /// <summary>Cuts between whole characters, as a file in UTF-8 cannot hold half of one.</summary>
    static string Cut(string text, Random random)
    {
        var runes = text.EnumerateRunes().ToArray();
        var from = random.Next(runes.Length + 1);
        return string.Concat(runes[from..random.Next(from, runes.Length + 1)]);
    }

    static string[] Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.Split('\n');
    }
}
