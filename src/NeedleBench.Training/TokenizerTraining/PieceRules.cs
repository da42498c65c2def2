namespace NeedleBench.Training.TokenizerTraining;

/// <summary>What may be a piece: SentencePiece's rules for length, spaces, digits and scripts.</summary>
sealed class PieceRules(TokenizerTrainingOptions options)
{
    public const int Space = 0x2581;

    readonly int _longest = options.MaxPieceLength;
    readonly bool _splitDigits = options.SplitDigits;
    readonly bool _splitByNumber = options.SplitByNumber;
    readonly bool _splitByScript = options.SplitByUnicodeScript;

    /// <summary>Whether a piece may be made of these characters, at least one.</summary>
    public bool Allows(string piece)
    {
        var script = UnicodeScript.Inherited;
        var position = 0;
        foreach (var rune in piece.EnumerateRunes())
        {
            var c = rune.Value;
            if (IsNeverMerged(c) && piece.Length > rune.Utf16SequenceLength)
            {
                return false;
            }

            if (c == Space)
            {
                // Spaces only begin pieces: the rule that split_by_whitespace states.
                if (position > 0)
                {
                    return false;
                }
            }
            else
            {
                var own = ScriptOf(c);
                own = own == UnicodeScript.Inherited && !IsFreeDigit(c) ? script : own;
                if (_splitByScript && Differ(script, own))
                {
                    return false;
                }

                script = own;
            }

            position++;
        }

        return position <= _longest;
    }

    /// <summary>
    /// Whether no piece can hold these two characters side by side: words are cut there before they are counted, which
    /// changes no count of a pair that may be merged and leaves far fewer distinct words.
    /// </summary>
    public bool Parts(int left, int right) =>
        right == Space || IsNeverMerged(left) || IsNeverMerged(right)
        || (_splitByScript && left != Space && Differ(ScriptOf(left), ScriptOf(right)));

    /// <summary>Half-width and full-width digits, the two kinds SentencePiece knows.</summary>
    public static bool IsDigit(int c) => c is (>= '0' and <= '9') or (>= 0xFF10 and <= 0xFF19);

    /// <summary>Tabs never get a piece: SentencePiece cuts training text with them. No model file may hold U+0000.</summary>
    public static bool IsBreak(int c) => c is '\t' or 0;

    bool IsNeverMerged(int c) => IsBreak(c) || (_splitDigits && IsDigit(c));

    bool IsFreeDigit(int c) => !_splitByNumber && IsDigit(c);

    // "Inherited" also stands for "any script": nothing has come yet, or a digit that goes with all.
    UnicodeScript ScriptOf(int c) => IsFreeDigit(c) ? UnicodeScript.Inherited : UnicodeScripts.Of(c);

    static bool Differ(UnicodeScript left, UnicodeScript right) =>
        left != right && left != UnicodeScript.Inherited && right != UnicodeScript.Inherited;
}
