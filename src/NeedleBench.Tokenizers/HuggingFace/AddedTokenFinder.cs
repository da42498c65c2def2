using System.Buffers;
using System.Text;

namespace NeedleBench.Tokenizers.HuggingFace;

/// <summary>Finds added tokens in a text: the leftmost first, and of those that begin together the longest.</summary>
sealed class AddedTokenFinder
{
    readonly Dictionary<(int Node, char Next), int> _edges = [];
    readonly List<AddedToken?> _ends = [null];
    readonly SearchValues<char> _firsts;

    /// <param name="tokens">The tokens, with the text that each is found by.</param>
    public AddedTokenFinder(IEnumerable<(AddedToken Token, string Text)> tokens)
    {
        var firsts = new HashSet<char>();
        foreach (var (token, text) in tokens.Where(entry => entry.Text.Length > 0))
        {
            firsts.Add(text[0]);
            var node = 0;
            foreach (var character in text)
            {
                if (!_edges.TryGetValue((node, character), out var next))
                {
                    next = _ends.Count;
                    _edges.Add((node, character), next);
                    _ends.Add(null);
                }

                node = next;
            }

            _ends[node] ??= token;
        }

        _firsts = SearchValues.Create([.. firsts]);
    }

    /// <summary>Finds the next token.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="gap">Where the text that no token has taken begins; afterwards, behind the token.</param>
    /// <param name="position">Where to look from; afterwards, behind the token without its white space.</param>
    /// <param name="found">The token, and where what it takes begins.</param>
    /// <returns>False where no token is left; nothing is changed then.</returns>
    public bool TryNext(ReadOnlySpan<char> text, ref int gap, ref int position, out (AddedToken Token, int Start) found)
    {
        for (var i = position; i < text.Length;)
        {
            var offset = text[i..].IndexOfAny(_firsts);
            if (offset < 0)
            {
                break;
            }

            i += offset;
            var token = LongestAt(text[i..], out var length);
            if (token is null)
            {
                i++;
                continue;
            }

            var end = i + length;
            if (token.SingleWord && (WordEndsAt(text, i) || WordBeginsAt(text, end)))
            {
                i = end;
                continue;
            }

            var start = i;
            if (token.StripsLeft)
            {
                start = text[..i].TrimEnd().Length;
            }

            if (token.StripsRight)
            {
                end = text.Length - text[end..].TrimStart().Length;
            }

            found = (token, Math.Max(start, gap));
            gap = Math.Max(gap, end);
            position = i + length;
            return true;
        }

        found = default;
        return false;
    }

    AddedToken? LongestAt(ReadOnlySpan<char> text, out int length)
    {
        AddedToken? longest = null;
        length = 0;
        var node = 0;
        for (var i = 0; i < text.Length && _edges.TryGetValue((node, text[i]), out node); i++)
        {
            if (_ends[node] is { } token)
            {
                longest = token;
                length = i + 1;
            }
        }

        return longest;
    }

    static bool WordEndsAt(ReadOnlySpan<char> text, int end) =>
        Rune.DecodeLastFromUtf16(text[..end], out var rune, out _) == OperationStatus.Done && CharacterClasses.IsWord(rune);

    static bool WordBeginsAt(ReadOnlySpan<char> text, int start) =>
        Rune.DecodeFromUtf16(text[start..], out var rune, out _) == OperationStatus.Done && CharacterClasses.IsWord(rune);
}
