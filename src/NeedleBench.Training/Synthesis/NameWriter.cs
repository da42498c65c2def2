using System.Text;

namespace NeedleBench.Training.Synthesis;

/// <summary>Joins words to names, and invents words.</summary>
static class NameWriter
{
    static readonly string[] Onsets = "b br c cl d dr f fl g gr h j k kl l m n p pl qu r s sk st t tr v w z zh th".Split(' ');
    static readonly string[] Vowels = "a e i o u ai ou ee".Split(' ');
    static readonly string[] Codas = "b ck d ff g l m n nd nt p r rk s sk t x z".Split(' ');

    public static string Join(IReadOnlyList<string> words, NameStyle style)
    {
        var text = new StringBuilder(32);
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            switch (style)
            {
                case NameStyle.Pascal:
                case NameStyle.Camel when i > 0:
                    text.Append(char.ToUpperInvariant(word[0])).Append(word, 1, word.Length - 1);
                    break;
                case NameStyle.Camel:
                    text.Append(word);
                    break;
                default:
                    if (i > 0)
                    {
                        text.Append(style switch { NameStyle.Kebab => '-', NameStyle.Dotted => '.', _ => '_' });
                    }

                    text.Append(style == NameStyle.Upper ? word.ToUpperInvariant() : word);
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>A word that can be pronounced and means nothing: "zorbit", "flane".</summary>
    public static string Invent(SeededRandom random)
    {
        var text = new StringBuilder(12);
        for (var syllables = 1 + random.Below(3); syllables > 0; syllables--)
        {
            text.Append(random.Pick(Onsets)).Append(random.Pick(Vowels));
        }

        return text.Append(random.Pick(Codas)).ToString();
    }
}
