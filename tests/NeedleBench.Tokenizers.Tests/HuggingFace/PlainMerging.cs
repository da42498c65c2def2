using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NeedleBench.Tokenizers.Tests.HuggingFace;

/// <summary>
/// Byte-level BPE said as plainly as it can be: strings for tokens, a look at every pair for each merge. Words are found by
/// a pattern over a picture of the text, in which each character is drawn as one that stands for its kind.
/// </summary>
sealed partial class PlainMerging(string folder, IReadOnlyDictionary<string, int> added)
{
    readonly Dictionary<string, int> _vocabulary = JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(Path.Combine(folder, "vocab.json")))!;

    readonly Dictionary<string, int> _ranks = File.ReadLines(Path.Combine(folder, "merges.txt"))
        .Where(line => line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal)).Index().ToDictionary(line => line.Item, line => line.Index);

    public List<int> Encode(string text)
    {
        var ids = new List<int>();
        var cut = $"({string.Join('|', added.Keys.OrderByDescending(token => token.Length).Select(Regex.Escape))})";
        foreach (var part in Regex.Split(text, cut))
        {
            if (added.TryGetValue(part, out var id))
            {
                ids.Add(id);
                continue;
            }

            var runes = part.EnumerateRunes().ToArray();
            foreach (Match word in Cl100k().Matches(string.Concat(runes.Select(Draw))))
            {
                ids.AddRange(Merge(string.Concat(runes.Skip(word.Index).Take(word.Length))).Select(token => _vocabulary[token]));
            }
        }

        return ids;
    }

    List<string> Merge(string word)
    {
        var symbols = Encoding.UTF8.GetBytes(word).Select(SyntheticModels.ByteCharacter).ToList();
        while (true)
        {
            var best = Enumerable.Range(0, symbols.Count - 1)
                .Where(i => _ranks.ContainsKey($"{symbols[i]} {symbols[i + 1]}"))
                .Select(i => (int?)i).MinBy(i => _ranks[$"{symbols[i!.Value]} {symbols[i.Value + 1]}"]);
            if (best is not { } left)
            {
                return symbols;
            }

            symbols[left] += symbols[left + 1];
            symbols.RemoveAt(left + 1);
        }
    }

    /// <summary>Line breaks, spaces, apostrophes and the letters of contractions stand for themselves; L, 9, tab and # for the rest.</summary>
    static char Draw(Rune rune) => rune.Value switch
    {
        '\r' or '\n' or ' ' or '\'' => (char)rune.Value,
        'ſ' => 's',
        < 128 when "strevmldSTREVMLD".Contains((char)rune.Value, StringComparison.Ordinal) => char.ToLowerInvariant((char)rune.Value),
        _ => Rune.IsLetter(rune) ? 'L' : Rune.IsNumber(rune) ? '9' : Rune.IsWhiteSpace(rune) ? '\t' : '#',
    };

    [GeneratedRegex(@"'(?:[stmd]|[rv]e|ll)|[^\r\n9Lstrevmld]?[Lstrevmld]+|9{1,3}| ?[#']+[\r\n]*|[ \t\r\n]*[\r\n]+|[ \t\r\n]+(?![#'9Lstrevmld])|[ \t\r\n]")]
    private static partial Regex Cl100k();
}
