using System.Text;

namespace NeedleBench.Training.Synthesis;

/// <summary>
/// Spells words as hurried thumbs and poor ears do: letters lost, swapped, doubled and missed, vowels left out, sounds written
/// as they are heard, words run together, the short forms of chats.
/// </summary>
static class GarbledSpelling
{
    const double MisspeltWords = 0.5;
    const double LostSpaces = 0.03;

    // A word, then its short forms.
    static readonly Dictionary<string, string[]> ShortForms = """
        you u ya | your ur yr | are r | please pls plz pleas | for 4 fr | to 2 ot | too 2 to | at @ | and n adn nd |
        the teh th da | because cuz bc | tomorrow tmrw tomoro tommorow | today 2day tday | tonight 2nite tonite |
        what wat wut | what's whats wats | with w wiht wth | want wnat wan | would wuld woud | could cud culd |
        should shud shld | have hav hve | message msg mesage | number nr numbr | people ppl peple | right rite rihgt |
        night nite | through thru | though tho | i'm im | don't dont | can't cant | before b4 | great gr8 | later l8r |
        from frm form | about abt | something smth somthing | minutes mins | minute min | there ther their | is iz si |
        this dis thsi | that tht taht | my me | going goin
        """
        .Split(['|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(' '))
        .ToDictionary(words => words[0], words => words[1..], StringComparer.Ordinal);

    // As heard; the first that fits is taken.
    static readonly (string Written, string Heard)[] Sounds =
    [
        ("tion", "shun"), ("ight", "ite"), ("ough", "uff"), ("ph", "f"), ("ck", "k"), ("ee", "ea"), ("ea", "ee"), ("ch", "tch"), ("qu", "kw"),
        ("wh", "w"), ("kn", "n"), ("wr", "r"), ("ll", "l"), ("ss", "s"), ("tt", "t"), ("ie", "ei"), ("ei", "ie"), ("ou", "u"), ("oo", "u"),
        ("le", "el"), ("er", "ur"), ("ce", "se"), ("ca", "ka"), ("co", "ko"), ("x", "ks"), ("y", "ee"),
    ];

    /// <summary>Garbles a text's words in lower case; digits and signs stay.</summary>
    public static string Apply(string text, SeededRandom random)
    {
        var lower = text.ToLowerInvariant();
        var garbled = new StringBuilder(lower.Length);
        for (var at = 0; at < lower.Length;)
        {
            var end = at;
            while (end < lower.Length && (char.IsAsciiLetterLower(lower[end]) || lower[end] == '\''))
            {
                end++;
            }

            if (end == at)
            {
                // A space is lost between words, never at an edge: a value may stand there.
                if (!(lower[at] == ' ' && at > 0 && at < lower.Length - 1 && random.Chance(LostSpaces)))
                {
                    garbled.Append(lower[at]);
                }

                at++;
                continue;
            }

            var word = lower[at..end];
            garbled.Append(random.Chance(MisspeltWords) ? Word(word, random) : word);
            at = end;
        }

        return garbled.ToString();
    }

    static string Word(string word, SeededRandom random)
    {
        if (ShortForms.TryGetValue(word, out var forms) && random.Chance(0.6))
        {
            return random.Pick(forms);
        }

        if (word.Length < 4)
        {
            return word;
        }

        // Any place but the first letter's, which readers and writers hold on to.
        var i = 1 + random.Below(word.Length - 2);
        switch (random.Below(7))
        {
            case 0:
                return word.Remove(i, 1);
            case 1:
                return string.Concat(word.AsSpan(0, i), word.AsSpan(i + 1, 1), word.AsSpan(i, 1), word.AsSpan(i + 2));
            case 2:
                return word.Insert(i, word[i].ToString());
            case 3:
                return string.Concat(word.AsSpan(0, i), QueryNoise.NeighbourOf(word[i], random).ToString(), word.AsSpan(i + 1));
            case 4:
                return word[0] + string.Concat(word.Skip(1).Where(c => c is not ('a' or 'e' or 'i' or 'o' or 'u')));
            case 5:
                return word[^1] is 'g' or 'e' or 't' or 'h' ? word[..^1] : word.Remove(i, 1);
            default:
                var (written, heard) = Sounds.FirstOrDefault(s => word.IndexOf(s.Written, 1, StringComparison.Ordinal) > 0 || word.StartsWith(s.Written, StringComparison.Ordinal));
                return written is null ? word.Remove(i, 1) : word.Replace(written, heard, StringComparison.Ordinal);
        }
    }
}
