namespace NeedleBench.San.Checkpoints;

/// <summary>
/// The stack machine behind <see cref="NeedlePickle"/>. Instructions and their codes are those of Python's <c>pickletools</c>;
/// the ones that make or call objects exist only for NumPy's few names.
/// </summary>
sealed class PickleMachine(PickleBytes bytes)
{
    const int MaxStack = 1_000_000;
    const int MaxMarks = 1000;

    // Rough costs in bytes of what an instruction of one or two bytes makes us keep.
    const int ContainerCost = 200;
    const int EntryCost = 64;
    const int ObjectCost = 32;

    readonly List<object?> _stack = [];
    readonly List<int> _marks = [];
    readonly Dictionary<uint, object?> _memo = [];

    // A pickle of arrays needs about its own size, and twice that where protocol 2 spells bytes as text.
    long _budget = (64L << 20) + (3L * bytes.Length);

    public object? Run()
    {
        if (bytes.Length < 2 || bytes.NextInstruction() != 0x80 || bytes.ReadByte() is < 2 or > 5)
        {
            throw bytes.Bad("this is no pickle of protocol 2 to 5");
        }

        while (true)
        {
            var instruction = bytes.NextInstruction();
            if (instruction == '.')
            {
                return Stop();
            }

            if (!Number(instruction) && !TextOrBytes(instruction) && !Container(instruction) && !Memo(instruction) && !Object(instruction))
            {
                throw bytes.Bad(Refusal(instruction));
            }
        }
    }

    object? Stop()
    {
        var value = Pop();
        if (_stack.Count > 0 || _marks.Count > 0)
        {
            throw bytes.Bad("the pickle ends with unused values");
        }

        return bytes.AtEnd ? value : throw bytes.Bad("bytes follow the pickle's end");
    }

    bool Number(byte instruction)
    {
        object? value;
        switch (instruction)
        {
            case (byte)'N':
                value = null;
                break;
            case 0x88:
                value = true;
                break;
            case 0x89:
                value = false;
                break;
            case (byte)'K':
                value = (long)bytes.ReadByte();
                break;
            case (byte)'M':
                value = (long)bytes.ReadUInt16();
                break;
            case (byte)'J':
                value = (long)bytes.ReadInt32();
                break;
            case 0x8A:
                value = bytes.ReadLong(bytes.ReadByte());
                break;
            case 0x8B:
                value = bytes.ReadLong(bytes.ReadUInt32());
                break;
            case (byte)'G':
                value = bytes.ReadDouble();
                break;
            default:
                return false;
        }

        Push(value, ObjectCost);
        return true;
    }

    bool TextOrBytes(byte instruction)
    {
        switch (instruction)
        {
            case (byte)'X':
                PushText(bytes.ReadUInt32());
                return true;
            case 0x8C:
                PushText(bytes.ReadByte());
                return true;
            case 0x8D:
                PushText(bytes.ReadUInt64());
                return true;
            case (byte)'B':
                Push(bytes.Take(bytes.ReadUInt32()), ObjectCost);
                return true;
            case (byte)'C':
                Push(bytes.Take(bytes.ReadByte()), ObjectCost);
                return true;
            case 0x8E or 0x96:
                Push(bytes.Take(bytes.ReadUInt64()), ObjectCost);
                return true;
            case 0x95:
                bytes.RequireFrame();
                return true;
            default:
                return false;
        }
    }

    bool Container(byte instruction)
    {
        switch (instruction)
        {
            case (byte)'}':
                Push(new Dictionary<string, object?>(StringComparer.Ordinal), ContainerCost);
                return true;
            case (byte)']':
                Push(new List<object?>(), ContainerCost);
                return true;
            case (byte)')':
                Push(Array.Empty<object?>(), 0);
                return true;
            case (byte)'(':
                if (_marks.Count == MaxMarks)
                {
                    throw bytes.Bad($"the data are nested deeper than {MaxMarks} levels");
                }

                _marks.Add(_stack.Count);
                return true;
            case (byte)'t':
                PushTuple(PopToMark());
                return true;
            case 0x85 or 0x86 or 0x87:
                PushTuple(PopMany(instruction - 0x84));
                return true;
            case (byte)'s':
                SetItems(PopMany(2));
                return true;
            case (byte)'u':
                SetItems(PopToMark());
                return true;
            case (byte)'a':
                Append(PopMany(1));
                return true;
            case (byte)'e':
                Append(PopToMark());
                return true;
            default:
                return false;
        }
    }

    bool Memo(byte instruction)
    {
        switch (instruction)
        {
            case (byte)'q':
                Put(bytes.ReadByte());
                return true;
            case (byte)'r':
                Put(bytes.ReadUInt32());
                return true;
            case 0x94:
                Put((uint)_memo.Count);
                return true;
            case (byte)'h':
                Get(bytes.ReadByte());
                return true;
            case (byte)'j':
                Get(bytes.ReadUInt32());
                return true;
            default:
                return false;
        }
    }

    bool Object(byte instruction)
    {
        switch (instruction)
        {
            case (byte)'c':
                PushGlobal(bytes.ReadLine(), bytes.ReadLine());
                return true;
            case 0x93:
                var names = PopMany(2);
                if (names is not [string module, string name])
                {
                    throw bytes.Bad("a name is asked for whose module or attribute is no text");
                }

                PushGlobal(module, name);
                return true;
            case (byte)'R':
                Reduce();
                return true;
            case (byte)'b':
                Build();
                return true;
            case (byte)'i':
                throw bytes.Bad($"the pickle asks for {CheckpointText.Short(bytes.ReadLine())}.{CheckpointText.Short(bytes.ReadLine())}, to make an object of it");
            default:
                return false;
        }
    }

    void PushGlobal(string module, string name)
    {
        if (!NumpyReduction.TryFind(module, name, out var global))
        {
            throw bytes.Bad($"the pickle asks for {CheckpointText.Short(module)}.{CheckpointText.Short(name)}, which could run code");
        }

        Push(global, ObjectCost);
    }

    void Reduce()
    {
        var call = PopMany(2);
        if (call is not [PickleGlobal function, object?[] arguments])
        {
            throw bytes.Bad("the pickle calls something that is none of NumPy's functions");
        }

        // The only call that copies: its result is as long as the text, which the memo can offer again and again.
        Charge(function == PickleGlobal.EncodeText && arguments is [string text, ..] ? text.Length : ContainerCost);
        var result = NumpyReduction.Call(function, arguments, out var problem);
        Push(result ?? throw bytes.Bad($"a call of NumPy's {function} is refused: {problem}"), ObjectCost);
    }

    void Build()
    {
        var state = Pop();
        var target = Pop();
        var problem = target switch
        {
            NumpyArray array => NumpyReduction.SetState(array, state),
            NumpyDtype => NumpyReduction.CheckState(state),
            _ => "the pickle sets the state of something that is no NumPy array",
        };
        if (problem is not null)
        {
            throw bytes.Bad(problem);
        }

        Push(target, 0);
    }

    void SetItems(object?[] items)
    {
        if (Peek() is not Dictionary<string, object?> dictionary || items.Length % 2 != 0)
        {
            throw bytes.Bad("entries are set on something that is no dictionary, or a key has no value");
        }

        Charge((long)EntryCost * items.Length);
        for (var i = 0; i < items.Length; i += 2)
        {
            if (items[i] is not string key)
            {
                throw bytes.Bad("a dictionary has a key that is no text");
            }

            dictionary[key] = items[i + 1];
        }
    }

    void Append(object?[] items)
    {
        if (Peek() is not List<object?> list)
        {
            throw bytes.Bad("values are appended to something that is no list");
        }

        Charge((long)EntryCost * items.Length);
        list.AddRange(items);
    }

    void PushText(ulong length)
    {
        Charge((long)Math.Min(length, int.MaxValue) * 2);
        Push(bytes.ReadText(length), ObjectCost);
    }

    void PushTuple(object?[] items) => Push(items, ObjectCost + (8 * items.Length));

    void Push(object? value, long cost)
    {
        Charge(cost);
        if (_stack.Count == MaxStack)
        {
            throw bytes.Bad($"more than {MaxStack} values are unused at once");
        }

        _stack.Add(value);
    }

    void Put(uint index)
    {
        Charge(EntryCost);
        _memo[index] = Peek();
    }

    void Get(uint index) => Push(
        _memo.TryGetValue(index, out var value) ? value : throw bytes.Bad(FormattableString.Invariant($"memo {index} is read before it is written")), 0);

    object? Peek() => _stack.Count > Floor ? _stack[^1] : throw Underflow();

    object? Pop()
    {
        var value = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    object?[] PopMany(int count)
    {
        if (_stack.Count - count < Floor)
        {
            throw Underflow();
        }

        var items = _stack.GetRange(_stack.Count - count, count).ToArray();
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    object?[] PopToMark()
    {
        if (_marks.Count == 0)
        {
            throw bytes.Bad("there is no mark to go back to");
        }

        var items = PopMany(_stack.Count - Floor);
        _marks.RemoveAt(_marks.Count - 1);
        return items;
    }

    /// <summary>Below the last mark nothing may be taken.</summary>
    int Floor => _marks.Count > 0 ? _marks[^1] : 0;

    InputException Underflow() => bytes.Bad("a value is taken from an empty stack");

    void Charge(long cost)
    {
        _budget -= cost;
        if (_budget < 0)
        {
            throw bytes.Bad("the data are far larger than the file: it would fill the memory");
        }
    }

    static string Refusal(byte instruction) => instruction switch
    {
        (byte)'P' or (byte)'Q' => "the pickle asks for an object from outside (a persistent id)",
        0x82 or 0x83 or 0x84 => "the pickle asks for a registered extension",
        (byte)'o' or 0x81 or 0x92 => "the pickle makes an object of a class",
        0x97 or 0x98 => "the pickle keeps its arrays outside of the file (out-of-band buffers)",
        0x80 => "a second protocol mark",
        _ => FormattableString.Invariant($"the instruction 0x{instruction:X2} is none that data need"),
    };
}
