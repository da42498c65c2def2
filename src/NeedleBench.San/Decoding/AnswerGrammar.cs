namespace NeedleBench.San.Decoding;

/// <summary>
/// Takes an answer <c>[{"name":"…","arguments":{…}}]</c> byte by byte, and refuses the byte that no answer valid by the tools'
/// schemas could have there. JSON is compact, as a SAN writes it. Allocates nothing while it runs; <see cref="CopyFrom"/> is a
/// trial's beginning.
/// </summary>
sealed class AnswerGrammar(SchemaRules rules)
{
    const int MaxDepth = 32;

    static ReadOnlySpan<byte> CallHead => "{\"name\":\""u8;

    static ReadOnlySpan<byte> ArgumentsHead => ",\"arguments\":{"u8;

    readonly Frame[] _stack = new Frame[MaxDepth];
    int _depth;
    Mode _mode;
    int _at; // place in a fixed text, word, trie, number or run of hexadecimal digits
    ValueRule _rule = ValueRule.Anything;
    JsonKinds _word;
    int _tool;
    int _continuation; // bytes that a character of UTF-8 still needs
    bool _spaced;

    enum Mode : byte
    {
        Begin,
        FirstCall,
        CallHead,
        Name,
        ArgumentsHead,
        AfterCall,
        Done,
        Value,
        ArrayStart,
        ObjectStart,
        KeyStart,
        Key,
        OpenKey,
        OpenKeyEscape,
        OpenKeyHex,
        Colon,
        String,
        Escape,
        Hex,
        Literal,
        Word,
        Number,
        AfterValue,
    }

    // Places in a number.
    const int Minus = 0;
    const int Zero = 1;
    const int Digits = 2;
    const int Point = 3;
    const int Fraction = 4;
    const int Exponent = 5;
    const int ExponentSign = 6;
    const int ExponentDigits = 7;

    /// <summary>Whether the answer is whole.</summary>
    public bool IsDone => _mode == Mode.Done;

    /// <summary>Whether the next byte begins a tool's name.</summary>
    public bool AtNameStart => _mode == Mode.Name && _at == rules.Names;

    public void CopyFrom(AnswerGrammar other)
    {
        other._stack.AsSpan(0, other._depth).CopyTo(_stack);
        (_depth, _mode, _at, _rule, _word, _tool, _continuation, _spaced) =
            (other._depth, other._mode, other._at, other._rule, other._word, other._tool, other._continuation, other._spaced);
    }

    /// <summary>Takes bytes; false at the first that cannot stand there, and then the state means nothing.</summary>
    public bool Feed(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            if (!Feed(b))
            {
                return false;
            }
        }

        return true;
    }

    bool Feed(byte b) => _mode switch
    {
        Mode.Begin => Begin(b),
        Mode.FirstCall => b == ']' ? Go(Mode.Done) : rules.Arguments.Length > 0 && b == '{' && Go(Mode.CallHead, 1),
        Mode.CallHead => b == CallHead[_at] && (++_at < CallHead.Length || Go(Mode.Name, rules.Names)),
        Mode.Name => Name(b),
        Mode.ArgumentsHead => b == ArgumentsHead[_at] && (++_at < ArgumentsHead.Length || BeginArguments()),
        Mode.AfterCall => b == ',' ? Go(Mode.CallHead) : b == ']' && Go(Mode.Done),
        Mode.Value => BeginValue(b),
        Mode.ArrayStart => b == ']' ? !Top.Rule.NeedsItem && Pop() : BeginValue(b),
        Mode.ObjectStart => b == '}' ? Top.Rule.Required == 0 && Pop() : BeginKey(b),
        Mode.KeyStart => BeginKey(b),
        Mode.Key => Key(b),
        Mode.OpenKey or Mode.String => InString(b),
        Mode.OpenKeyEscape or Mode.Escape => Escaped(b),
        Mode.OpenKeyHex or Mode.Hex => char.IsAsciiHexDigit((char)b) && (++_at < 4 || Go(_mode == Mode.Hex ? Mode.String : Mode.OpenKey)),
        Mode.Colon => b == ':' && Expect(Top.Rule.Keys < 0 ? ValueRule.Anything : Top.Rule.Members[Top.Member]),
        Mode.Literal => Literal(b),
        Mode.Word => Word(b),
        Mode.Number => Number(b),
        Mode.AfterValue => AfterValue(b),
        _ => false,
    };

    ref Frame Top => ref _stack[_depth - 1];

    // A SentencePiece text begins with a space.
    bool Begin(byte b)
    {
        if (b == ' ' && !_spaced)
        {
            return _spaced = true;
        }

        return b == '[' && Go(Mode.FirstCall);
    }

    bool Name(byte b)
    {
        if (b == '"' && rules.Trie.IsEnd(_at))
        {
            _tool = rules.Trie.Payload(_at);
            return Go(Mode.ArgumentsHead);
        }

        return (_at = rules.Trie.Child(_at, b)) >= 0;
    }

    bool BeginArguments()
    {
        _rule = rules.Arguments[_tool];
        return Push(Mode.ObjectStart);
    }

    bool BeginValue(byte b)
    {
        if (_rule.Literals >= 0)
        {
            _at = _rule.Literals;
            _mode = Mode.Literal;
            return Literal(b);
        }

        var kinds = _rule.Kinds;
        switch (b)
        {
            case (byte)'"':
                return kinds.HasFlag(JsonKinds.String) && Go(Mode.String);
            case (byte)'{':
                return kinds.HasFlag(JsonKinds.Object) && Push(Mode.ObjectStart);
            case (byte)'[':
                return kinds.HasFlag(JsonKinds.Array) && Push(Mode.ArrayStart);
            case (byte)'t' or (byte)'f':
                return kinds.HasFlag(JsonKinds.Boolean) && BeginWord(b);
            case (byte)'n':
                return kinds.HasFlag(JsonKinds.Null) && BeginWord(b);
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                return (kinds & (JsonKinds.Integer | JsonKinds.Number)) != 0 && Go(Mode.Number, b == '-' ? Minus : b == '0' ? Zero : Digits);
            default:
                return false;
        }
    }

    bool BeginWord(byte b)
    {
        _word = b == 'n' ? JsonKinds.Null : b == 't' ? JsonKinds.Boolean : JsonKinds.Boolean | JsonKinds.Null;
        return Go(Mode.Word, 1);
    }

    bool Word(byte b)
    {
        var word = _word == JsonKinds.Null ? "null"u8 : _word == JsonKinds.Boolean ? "true"u8 : "false"u8;
        return b == word[_at] && (++_at < word.Length || Go(Mode.AfterValue));
    }

    bool Literal(byte b)
    {
        var child = rules.Trie.Child(_at, b);
        if (child >= 0)
        {
            _at = child;
            return true;
        }

        // What ends a literal is the byte behind it: 1 may go on as 10.
        return rules.Trie.IsEnd(_at) && Go(Mode.AfterValue) && AfterValue(b);
    }

    bool InString(byte b)
    {
        if (_continuation > 0)
        {
            _continuation--;
            return b is >= 0x80 and < 0xC0;
        }

        switch (b)
        {
            case (byte)'"':
                return Go(_mode == Mode.String ? Mode.AfterValue : Mode.Colon);
            case (byte)'\\':
                return Go(_mode == Mode.String ? Mode.Escape : Mode.OpenKeyEscape);
            default:
                _continuation = b switch { >= 0xC2 and < 0xE0 => 1, >= 0xE0 and < 0xF0 => 2, >= 0xF0 and < 0xF5 => 3, _ => 0 };
                return b is >= 0x20 and < 0x80 || _continuation > 0;
        }
    }

    bool Escaped(byte b)
    {
        var inValue = _mode == Mode.Escape;
        return b == 'u' ? Go(inValue ? Mode.Hex : Mode.OpenKeyHex)
            : "\"\\/bfnrt"u8.Contains(b) && Go(inValue ? Mode.String : Mode.OpenKey);
    }

    bool Number(byte b)
    {
        var isDigit = b is >= (byte)'0' and <= (byte)'9';
        var mayBroken = _rule.Kinds.HasFlag(JsonKinds.Number);
        var next = (_at, b) switch
        {
            (Minus, (byte)'0') => Zero,
            (Minus or Digits, _) when isDigit => Digits,
            (Zero or Digits, (byte)'.') when mayBroken => Point,
            (Point or Fraction, _) when isDigit => Fraction,
            (Zero or Digits or Fraction, (byte)'e' or (byte)'E') when mayBroken => Exponent,
            (Exponent, (byte)'+' or (byte)'-') => ExponentSign,
            (Exponent or ExponentSign or ExponentDigits, _) when isDigit => ExponentDigits,
            _ => -1,
        };
        if (next >= 0)
        {
            _at = next;
            return true;
        }

        return _at is Zero or Digits or Fraction or ExponentDigits && Go(Mode.AfterValue) && AfterValue(b);
    }

    bool BeginKey(byte b) =>
        b == '"' && (Top.Rule.Keys < 0 ? Go(Mode.OpenKey) : HasFree(Top.Rule.Keys, Top.Used) && Go(Mode.Key, Top.Rule.Keys));

    bool Key(byte b)
    {
        ref var top = ref Top;
        if (b == '"' && rules.Trie.IsEnd(_at) && IsFree(top.Used, rules.Trie.Payload(_at)))
        {
            top.Member = rules.Trie.Payload(_at);
            top.Used |= 1UL << top.Member;
            return Go(Mode.Colon);
        }

        return (_at = rules.Trie.Child(_at, b)) >= 0 && HasFree(_at, top.Used);
    }

    bool AfterValue(byte b)
    {
        if (_depth == 0)
        {
            return b == '}' && Go(Mode.AfterCall);
        }

        ref var top = ref Top;
        if (top.IsArray)
        {
            return b == ',' ? Expect(top.Rule.Items ?? ValueRule.Anything) : b == ']' && Pop();
        }

        return b == ',' ? (top.Rule.Keys < 0 || HasFree(top.Rule.Keys, top.Used)) && Go(Mode.KeyStart)
            : b == '}' && (top.Rule.Required & ~top.Used) == 0 && Pop();
    }

    bool Push(Mode mode)
    {
        if (_depth == MaxDepth)
        {
            return false;
        }

        _stack[_depth++] = new Frame { Rule = _rule, IsArray = mode == Mode.ArrayStart };
        _rule = mode == Mode.ArrayStart ? _rule.Items ?? ValueRule.Anything : _rule;
        return Go(mode);
    }

    bool Pop()
    {
        _depth--;
        return Go(Mode.AfterValue);
    }

    bool Expect(ValueRule rule)
    {
        _rule = rule;
        return Go(Mode.Value);
    }

    bool Go(Mode mode, int at = 0)
    {
        (_mode, _at) = (mode, at);
        return true;
    }

    static bool IsFree(ulong used, int member) => (used & (1UL << member)) == 0;

    // Whether a key that is not used yet begins so: else the model would be led to where it cannot go on.
    bool HasFree(int node, ulong used)
    {
        if (rules.Trie.IsEnd(node) && IsFree(used, rules.Trie.Payload(node)))
        {
            return true;
        }

        for (var child = rules.Trie.FirstChild(node); child >= 0; child = rules.Trie.NextSibling(child))
        {
            if (HasFree(child, used))
            {
                return true;
            }
        }

        return false;
    }

    struct Frame
    {
        public ValueRule Rule;
        public ulong Used;
        public int Member;
        public bool IsArray;
    }
}
