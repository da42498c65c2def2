using System.Security.Cryptography;
using System.Text;
using NeedleBench.Tokenizers;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.FineTuning;

/// <summary>A user's examples, ready to be learnt from.</summary>
/// <param name="Split">Those that fit the model.</param>
/// <param name="PromptTooLong">Left out, because the request and its tools fill the encoder's 1024 tokens: the called tool may be cut off.</param>
/// <param name="AnswerTooLong">Left out, because the answer is longer than the decoder's 512 tokens.</param>
/// <param name="Hash">SHA-256 over all examples, whatever their order.</param>
public sealed record FineTuneData(
    DataSplit Split, IReadOnlyList<SyntheticExample> PromptTooLong, IReadOnlyList<SyntheticExample> AnswerTooLong, string Hash)
{
    /// <summary>How many examples each tool has, by name.</summary>
    public IReadOnlyList<DataGroup> Groups { get; } = Count(Split);

    /// <summary>Reads Needle's JSONL, leaves out what does not fit the model, and splits the rest.</summary>
    /// <exception cref="InputException">A line is no example, or no tool has enough of them for a test.</exception>
    public static FineTuneData Read(string file, SentencePieceTokenizer tokenizer, ulong seed)
    {
        var data = Prepare(NeedleJsonl.Read(file), tokenizer, seed);
        return data.Split.Test.Count > 0
            ? data
            : throw new InputException(
                $"there is nothing to test with: {data.Split.Train.Count} examples fit the model, and no tool has three different ones",
                "Give each tool three examples at least, better 120 or more.", file);
    }

    /// <summary>Leaves out what does not fit the model, and splits the rest.</summary>
    public static FineTuneData Prepare(IEnumerable<SyntheticExample> examples, SentencePieceTokenizer tokenizer, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(examples);
        var tokens = new ExampleTokens(tokenizer, new TokenRoleWeights());
        var (fit, prompts, answers, lines) = (new List<SyntheticExample>(), new List<SyntheticExample>(), new List<SyntheticExample>(), new List<string>());
        foreach (var example in examples)
        {
            // This refuses a call of a tool that is not offered, so that only lengths can fail below.
            lines.Add(NeedleJsonl.Line(example));
            (tokens.TryEncode(example, out _) ? fit : AnswerFits(example, tokens) ? prompts : answers).Add(example);
        }

        lines.Sort(StringComparer.Ordinal);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
        return new FineTuneData(DataSplit.Create(fit, seed), prompts, answers, hash);
    }

    // Only the encoder of training knows how long its text is.
    static bool AnswerFits(SyntheticExample example, ExampleTokens tokens)
    {
        try
        {
            return tokens.Encode(example).DecoderInput.Length > 0;
        }
        catch (InputException)
        {
            return false;
        }
    }

    static List<DataGroup> Count(DataSplit split)
    {
        var (train, validation, test) = (Counts(split.Train), Counts(split.Validation), Counts(split.Test));
        return
        [
            .. train.Keys.Order(StringComparer.Ordinal)
                .Select(name => new DataGroup(name, train[name], validation.GetValueOrDefault(name), test.GetValueOrDefault(name))),
        ];
    }

    static Dictionary<string, int> Counts(IReadOnlyList<SyntheticExample> part) =>
        part.CountBy(ExampleKey.Group, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
}
