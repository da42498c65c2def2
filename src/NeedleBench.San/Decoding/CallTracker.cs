namespace NeedleBench.San.Decoding;

/// <summary>
/// Follows an answer <c>[{"name":"…","arguments":{…}}]</c> byte by byte and knows when a tool's name or an argument key is
/// being written, and how far. Text that is no such answer leaves it unconstrained. Allocates nothing while it follows.
/// </summary>
sealed class CallTracker(CallConstraints constraints)
{
    const int MaxDepth = 64;
    const int NoNode = -1;

    readonly Frame[] _stack = new Frame[MaxDepth];
    readonly byte[] _key = new byte[16]; // enough to tell "name" and "arguments" from anything else
    int _depth;
    int _keyLength;
    int _tool = NoNode;
    int _node = NoNode;
    CallKey _callKey;
    StringRole _string;
    bool _escaped;
    bool _lost;

    enum FrameKind
    {
        Calls,
        Call,
        Object,
        Array,
    }

    enum CallKey
    {
        Other,
        Name,
        Arguments,
    }

    enum StringRole
    {
        None,
        Value,
        CallKey,
        Constrained,
    }

    /// <summary>The trie node that the next byte continues from, or −1 where anything may be written.</summary>
    public int Node => _string == StringRole.Constrained && !_lost ? _node : NoNode;

    /// <summary>Whether the next byte begins a tool's name.</summary>
    public bool AtNameStart => Node == constraints.Names;

    public void Feed(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            if (_lost)
            {
                return;
            }

            if (_string != StringRole.None)
            {
                FeedString(b);
            }
            else
            {
                FeedStructure(b);
            }
        }
    }

    void FeedString(byte b)
    {
        if (b == (byte)'"' && !_escaped)
        {
            CloseString();
            return;
        }

        _escaped = b == (byte)'\\' && !_escaped;
        if (_string == StringRole.Constrained && _node >= 0)
        {
            _node = constraints.Trie.Child(_node, b);
        }
        else if (_string == StringRole.CallKey && _keyLength < _key.Length)
        {
            _key[_keyLength++] = b;
        }
    }

    void CloseString()
    {
        switch (_string)
        {
            case StringRole.CallKey:
                var key = _key.AsSpan(0, _keyLength);
                _callKey = key.SequenceEqual("name"u8) ? CallKey.Name : key.SequenceEqual("arguments"u8) ? CallKey.Arguments : CallKey.Other;
                break;
            case StringRole.Constrained:
                var payload = _node >= 0 && constraints.Trie.IsEnd(_node) ? constraints.Trie.Payload(_node) : NoNode;
                if (Top.Kind == FrameKind.Call)
                {
                    _tool = payload;
                }
                else
                {
                    Top.ValueKeys = payload;
                }

                break;
        }

        _string = StringRole.None;
    }

    void FeedStructure(byte b)
    {
        switch (b)
        {
            case (byte)'"':
                OpenString();
                break;
            case (byte)'[':
                Push(_depth == 0 ? FrameKind.Calls : FrameKind.Array, keys: _depth == 0 ? NoNode : ValueKeys);
                break;
            case (byte)'{':
                if (_depth > 0 && Top.Kind == FrameKind.Calls)
                {
                    _tool = NoNode;
                    _callKey = CallKey.Other;
                    Push(FrameKind.Call, NoNode);
                }
                else
                {
                    Push(FrameKind.Object, _depth == 0 ? NoNode : ValueKeys);
                }

                break;
            case (byte)'}' or (byte)']':
                _depth = Math.Max(0, _depth - 1);
                break;
            case (byte)',':
                if (_depth > 0)
                {
                    Top.ExpectsKey = Top.Kind is FrameKind.Call or FrameKind.Object;
                }

                break;
            case (byte)':':
                if (_depth > 0)
                {
                    Top.ExpectsKey = false;
                }

                break;
        }
    }

    void OpenString()
    {
        _escaped = false;
        _keyLength = 0;
        if (_depth == 0)
        {
            _string = StringRole.Value;
            return;
        }

        ref var top = ref Top;
        (_string, _node) = top.Kind switch
        {
            FrameKind.Call when top.ExpectsKey => (StringRole.CallKey, NoNode),
            FrameKind.Call when _callKey == CallKey.Name => (StringRole.Constrained, constraints.Names),
            FrameKind.Object when top.ExpectsKey && top.Keys >= 0 => (StringRole.Constrained, top.Keys),
            _ => (StringRole.Value, NoNode),
        };
        if (top.Kind == FrameKind.Object && top.ExpectsKey)
        {
            top.ValueKeys = NoNode;
        }
    }

    ref Frame Top => ref _stack[_depth - 1];

    // The key trie of an object that opens as the value at hand.
    int ValueKeys => Top.Kind switch
    {
        FrameKind.Call => _callKey == CallKey.Arguments && _tool >= 0 ? constraints.Keys(_tool) : NoNode,
        FrameKind.Object => Top.ValueKeys,
        FrameKind.Array => Top.Keys,
        _ => NoNode,
    };

    void Push(FrameKind kind, int keys)
    {
        if (_depth == MaxDepth)
        {
            _lost = true;
            return;
        }

        _stack[_depth++] = new Frame { Kind = kind, Keys = keys, ValueKeys = NoNode, ExpectsKey = kind is FrameKind.Call or FrameKind.Object };
    }

    struct Frame
    {
        public FrameKind Kind;
        public int Keys;      // trie of this object's keys, or of the objects in this array
        public int ValueKeys; // trie of the object that the last key holds
        public bool ExpectsKey;
    }
}
