using System.Text;

namespace NeedleBench.Training.Synthesis;

/// <summary>
/// Noise on the words around the values. No value is ever touched: that a whole request is in lower case is decided before
/// its values are filled in, so that the answer copies what stands there.
/// </summary>
static class QueryNoise
{
    static readonly string[] Fillers = ["um, ", "uh, ", "um ", "uh ", "like, ", "er, ", "you know, ", "so, ", "well, ", "hmm, "];
    static readonly string[] Greetings =
        ["hey, ", "hi, ", "ok, ", "okay so ", "hello, ", "right, ", "alright, ", "quick one: ", "hey there, "];
    static readonly string[] Requests =
        ["please ", "can you ", "could you ", "could you please ", "would you ", "I need you to ", "go ahead and ",
        "I'd like you to ", "can you please "];
    static readonly string[] Thanks = [", please", ", thanks", ", thank you", ", cheers", ", if you can", ". Thanks!", ", thx"];
    static readonly string[] NeighbourKeys =
        ["sqz", "vghn", "xdfv", "sfec", "wrsd", "dgrc", "fhtv", "gjyb", "uok", "hkun", "jlim", "kop", "nk", "bmh", "ipl", "ol",
            "wa", "etf", "adwx", "ryfg", "yij", "cgb", "qes", "zsc", "tuh", "xas"];

    /// <summary>Changes a request in place, as its options say.</summary>
    public static void Apply(List<QueryPiece> pieces, SynthesisOptions options, bool lower, SeededRandom random)
    {
        if (pieces.Count == 0)
        {
            return;
        }

        if (random.Chance(options.Fillers))
        {
            Insert(pieces, random.Pick(Fillers), random);
        }

        if (random.Chance(options.Politeness))
        {
            BePolite(pieces, random);
        }

        if (random.Chance(options.Typos))
        {
            Misspell(pieces, random);
            if (random.Chance(0.4))
            {
                Misspell(pieces, random);
            }
        }

        // No draw where the option is off: streams of older recipes stay what they were.
        if (options.Garbled > 0 && random.Chance(options.Garbled))
        {
            Garble(pieces, random);
        }

        if (!lower && random.Chance(options.Punctuate))
        {
            Punctuate(pieces, random);
        }

        if (lower)
        {
            LowerCarrier(pieces);
        }
    }

    /// <summary>Whether the pieces begin with a literal word of this set.</summary>
    public static bool BeginsWith(List<QueryPiece> pieces, IReadOnlySet<string> words)
    {
        if (pieces.Count == 0 || pieces[0].IsFixed)
        {
            return false;
        }

        var text = pieces[0].Text;
        var end = text.AsSpan().IndexOfAny(' ', ',');
        return words.Contains(end < 0 ? text : text[..end]);
    }

    /// <summary>Puts the first letter in lower case where it is a sentence's capital, not a name's or "I".</summary>
    public static void LowerFirst(List<QueryPiece> pieces)
    {
        if (pieces.Count > 0 && pieces[0] is { IsFixed: false, Text: [>= 'A' and <= 'Z', >= 'a' and <= 'z', ..] } first)
        {
            pieces[0] = first with { Text = char.ToLowerInvariant(first.Text[0]) + first.Text[1..] };
        }
    }

    /// <summary>Takes a final stop off, where it is no part of a value. Returns whether a question mark ended the text.</summary>
    public static bool TrimEnd(List<QueryPiece> pieces)
    {
        if (pieces.Count == 0 || pieces[^1].IsFixed)
        {
            return false;
        }

        var last = pieces[^1];
        var question = last.Text.EndsWith('?');
        pieces[^1] = last with { Text = last.Text.TrimEnd('.', '!', '?', ' ') };
        return question;
    }

    /// <summary>A key beside a letter's; the character itself where it is no lower-case letter.</summary>
    public static char NeighbourOf(char letter, SeededRandom random) =>
        char.IsAsciiLetterLower(letter) ? NeighbourKeys[letter - 'a'][random.Below(NeighbourKeys[letter - 'a'].Length)] : letter;

    static void Garble(List<QueryPiece> pieces, SeededRandom random)
    {
        for (var i = 0; i < pieces.Count; i++)
        {
            if (!pieces[i].IsFixed)
            {
                pieces[i] = pieces[i] with { Text = GarbledSpelling.Apply(pieces[i].Text, random) };
            }
        }
    }

    static void BePolite(List<QueryPiece> pieces, SeededRandom random)
    {
        var imperative = BeginsWith(pieces, Lexicon.Imperatives);
        switch (random.Below(imperative ? 3 : 2))
        {
            case 0:
                LowerFirst(pieces);
                pieces.Insert(0, new QueryPiece(random.Pick(Greetings), false));
                break;
            case 1:
                TrimEnd(pieces);
                pieces.Add(new QueryPiece(random.Pick(Thanks), false));
                break;
            default:
                LowerFirst(pieces);
                pieces.Insert(0, new QueryPiece(random.Pick(Requests), false));
                break;
        }
    }

    static void Insert(List<QueryPiece> pieces, string filler, SeededRandom random)
    {
        var at = random.Below(pieces.Count);
        var piece = pieces[at];
        var space = piece.IsFixed ? -1 : piece.Text.IndexOf(' ', random.Below(piece.Text.Length));
        if (space < 0)
        {
            LowerFirst(pieces);
            pieces.Insert(0, new QueryPiece(filler, false));
        }
        else
        {
            pieces[at] = piece with { Text = piece.Text.Insert(space + 1, filler) };
        }
    }

    static void Misspell(List<QueryPiece> pieces, SeededRandom random)
    {
        for (var attempt = 0; attempt < 4; attempt++)
        {
            var at = random.Below(pieces.Count);
            var piece = pieces[at];
            if (piece.IsFixed || piece.Text.Length < 5)
            {
                continue;
            }

            // Within a word of at least four letters, and not its first letter, as people mistype.
            var i = 1 + random.Below(piece.Text.Length - 2);
            if (char.IsAsciiLetterLower(piece.Text[i]) && char.IsAsciiLetter(piece.Text[i - 1])
                && char.IsAsciiLetterLower(piece.Text[i + 1]) && WordLength(piece.Text, i) >= 4)
            {
                pieces[at] = piece with { Text = Mistyped(piece.Text, i, random) };
                return;
            }
        }
    }

    static string Mistyped(string text, int i, SeededRandom random) => random.Below(5) switch
    {
        0 => text.Remove(i, 1),
        1 => text.Insert(i, text[i].ToString()),
        2 => text.Remove(i, 1).Insert(i, random.Pick(NeighbourKeys[text[i] - 'a'].ToCharArray()).ToString()),
        _ => text.Remove(i, 1).Insert(i + 1, text[i].ToString()),
    };

    static int WordLength(string text, int i)
    {
        var (from, to) = (i, i);
        while (from > 0 && char.IsAsciiLetter(text[from - 1]))
        {
            from--;
        }

        while (to < text.Length && char.IsAsciiLetter(text[to]))
        {
            to++;
        }

        return to - from;
    }

    static void Punctuate(List<QueryPiece> pieces, SeededRandom random)
    {
        switch (random.Below(5))
        {
            case 0:
                LowerCarrier(pieces);
                break;
            case 1:
                Strip(pieces);
                LowerCarrier(pieces);
                break;
            case 2:
                Strip(pieces);
                break;
            default:
                var question = BeginsWith(pieces, Lexicon.Questions);
                if (pieces[0] is { IsFixed: false, Text: [>= 'a' and <= 'z', ..] } first)
                {
                    pieces[0] = first with { Text = char.ToUpperInvariant(first.Text[0]) + first.Text[1..] };
                }

                if (pieces[^1].IsFixed || pieces[^1].Text is not [.., '.' or '?' or '!'])
                {
                    pieces.Add(new QueryPiece(question ? "?" : random.Chance(0.1) ? "!" : ".", false));
                }

                break;
        }
    }

    static void LowerCarrier(List<QueryPiece> pieces)
    {
        for (var i = 0; i < pieces.Count; i++)
        {
            if (!pieces[i].IsFixed)
            {
                pieces[i] = pieces[i] with { Text = pieces[i].Text.ToLowerInvariant() };
            }
        }
    }

    // As speech recognition writes: no apostrophes, commas or stops.
    static void Strip(List<QueryPiece> pieces)
    {
        for (var i = 0; i < pieces.Count; i++)
        {
            if (!pieces[i].IsFixed && pieces[i].Text.AsSpan().ContainsAny("',.?!"))
            {
                var text = new StringBuilder(pieces[i].Text.Length);
                foreach (var c in pieces[i].Text)
                {
                    if (c is not ('\'' or ',' or '.' or '?' or '!'))
                    {
                        text.Append(c);
                    }
                }

                pieces[i] = pieces[i] with { Text = text.ToString() };
            }
        }
    }
}
