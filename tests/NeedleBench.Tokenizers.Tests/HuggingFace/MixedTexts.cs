using System.Globalization;
using System.Text;

namespace NeedleBench.Tokenizers.Tests.HuggingFace;

/// <summary>Texts of all kinds from a seed: what tokenizers stumble over stands side by side in them.</summary>
sealed class MixedTexts(int seed)
{
    static readonly string[] Words =
    [
        "Hello", "world", "tokenizer", "naïve", "café", "Straße", "İstanbul", "Привет", "мир", "Ελλάδα", "σίγμας", "你好世界", "明天七点叫我",
        "こんにちは", "カタカナ", "안녕하세요", "السلام", "עברית", "नमस्ते", "ไทย", "ខ្មែរ", "தமிழ்", "ქართული", "don't", "I'LL", "we'Ve", "it's", "'RE", "y'all", "x'ſ", "o'ſt",
        "camelCase", "snake_case", "HTTPServer", "zażółć", "ﬁnal", "①②", "Ⅷ", "½", "x²", "ⓐⒷ", "🄰",
    ];

    static readonly string[] Symbols =
    [
        "🚀", "😀", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪", "👍🏽", "❤️", "✅", "𝐀𝐁", "𝟘𝟙𝟚", "𠀀𠀁", "𐐀𐐨", "𒀀", "𞤀", "𝄞", "🜁", "\u200D", "\u200B", "\u00AD", "\uFEFF",
        "e\u0301", "A\u030A", "o\u0302\u0301", "\u0301", "\u1112\u1161\u11AB", "Å", "Ω", "ſ", "K", "\u0345", "\u20DD", "\uFB01", "…", "—", "“”", "«»", "¿¡", "€£¥", "±×÷", "™", "\uFFFD", "\uE000", "\U0010FFFD",
    ];

    static readonly string[] Spaces =
    [
        " ", " ", " ", "  ", "   ", "\t", "\n", "\n\n", "\r\n", "\r", " \n", "\n ", "\t\t ", "\u00A0", "\u2003", "\u3000", "\u0085", "\u2028", "\u202F", "        ", "\v\f",
    ];

    static readonly string[] Codes =
    [
        "{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Zürich\", \"days\": 3}}", "[1, 2.5, -3e10, null, true]", "for (int i = 0; i < n; ++i) { sum += a[i]; }",
        "def f(x):\n    return x ** 2  # square\n", "<div class=\"a\">&nbsp;</div>", "https://example.org/a?b=c&d=%20#e", "SELECT * FROM t WHERE a <> 'b';", "C:\\path\\to\\file.txt",
        "\\u00e9\\n", "```python\n\tprint('hi')\n```", "a=b;c!=d&&e||f", "$x->y['z']", "--flag=value", "!!!???...", "((()))", "''\"\"``",
    ];

    static readonly string[] Marks =
    [
        "<|im_start|>", "<|im_end|>", "<tool_call>", "</tool_call>", "<|endoftext|>", "<|end_of_text|>", "<|start_of_role|>", "<|im_start", "<think>", "<bos>", "<start_of_turn>", "<unk>", "<0x41>", "▁", "▁▁",
    ];

    readonly Random _random = new(seed);

    public static string[] Make(int seed, int count)
    {
        var texts = new MixedTexts(seed);
        return [.. Enumerable.Range(0, count).Select(_ => texts.Next())];
    }

    string Next()
    {
        var text = new StringBuilder();
        for (var left = _random.Next(1, 24); left > 0; left--)
        {
            text.Append(Part());
            if (_random.Next(3) > 0)
            {
                text.Append(Pick(Spaces));
            }
        }

        return text.ToString();
    }

    string Part() => _random.Next(14) switch
    {
        < 5 => Pick(Words),
        5 or 6 => Pick(Symbols),
        7 => Pick(Spaces) + Pick(Spaces),
        8 => Pick(Codes),
        9 => Pick(Marks),
        10 => _random.NextInt64((long)Math.Pow(10, _random.Next(1, 15))).ToString(CultureInfo.InvariantCulture),
        11 => Pick(Words).ToUpperInvariant() + Pick(Symbols) + Pick(Words),
        12 => ((char)_random.Next(0x20)).ToString() + Pick(["\u007F", "\u0080", "\u009F", ""]),
        _ => Any(),
    };

    /// <summary>A few characters from anywhere that Unicode had assigned by version 5: libraries differ about later ones.</summary>
    string Any()
    {
        (int First, int Last)[] ranges =
        [
            (0x20, 0x7E), (0xA1, 0x17F), (0x391, 0x3A1), (0x400, 0x45F), (0x5D0, 0x5EA), (0x621, 0x652), (0x905, 0x939), (0xE01, 0xE3A), (0x10D0, 0x10F0), (0x1E00, 0x1E9B),
            (0x2010, 0x2027), (0x2030, 0x205E), (0x2153, 0x2182), (0x2190, 0x23CE), (0x2460, 0x24EA), (0x25A0, 0x2604), (0x3041, 0x3096), (0x4E00, 0x9FA5), (0xAC00, 0xD7A3), (0xFF01, 0xFF9F),
            (0x10300, 0x1031E), (0x10400, 0x1049D), (0x1D400, 0x1D454), (0x1D7CE, 0x1D7FF), (0x20000, 0x2A6D6), (0xE0100, 0xE01EF), (0xF0000, 0xF00FF),
        ];
        var text = new StringBuilder();
        for (var left = _random.Next(1, 6); left > 0; left--)
        {
            var (first, last) = ranges[_random.Next(ranges.Length)];
            text.Append(new Rune(_random.Next(first, last + 1)));
        }

        return text.ToString();
    }

    string Pick(string[] from) => from[_random.Next(from.Length)];
}
