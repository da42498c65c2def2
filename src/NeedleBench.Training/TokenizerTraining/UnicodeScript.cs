namespace NeedleBench.Training.TokenizerTraining;

/// <summary>The scripts that pieces are kept apart by. Characters of a script not named here count as <see cref="Common"/>.</summary>
enum UnicodeScript : byte
{
    /// <summary>Digits, punctuation, symbols, and scripts without a name of their own here.</summary>
    Common,

    /// <summary>Combining marks and joiners: of the script of the character before them.</summary>
    Inherited,
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Syriac,
    Thaana,
    Nko,
    Devanagari,
    Bengali,
    Gurmukhi,
    Gujarati,
    Oriya,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Thai,
    Lao,
    Tibetan,
    Myanmar,
    Georgian,
    Hangul,
    Ethiopic,
    Cherokee,
    CanadianAboriginal,
    Ogham,
    Runic,
    Tagalog,
    Khmer,
    Mongolian,
    Bopomofo,

    /// <summary>Hiragana and Katakana count as Han, as SentencePiece has it.</summary>
    Han,
    Yi,
    Vai,
    Javanese,
    Balinese,
    Sundanese,
    Coptic,
    Glagolitic,
    Tifinagh,
    Braille,
}
