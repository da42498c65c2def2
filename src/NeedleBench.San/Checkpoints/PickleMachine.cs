namespace NeedleBench.San.Checkpoints;

/// <summary>
/// The stack machine behind <see cref="NeedlePickle"/>. Instructions and their codes are those of Python's <c>pickletools</c>;
/// the ones that make or call objects exist only for NumPy's few names.
/// </summary>
sealed class PickleMachine(PickleBytes bytes)
{
    readonly PickleStack _stack = new(bytes);

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
        var value = _stack.Pop();
        if (!_stack.IsEmpty)
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

        _stack.Push(value, PickleStack.ObjectCost);
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
                _stack.Push(bytes.Take(bytes.ReadUInt32()), PickleStack.ObjectCost);
                return true;
            case (byte)'C':
                _stack.Push(bytes.Take(bytes.ReadByte()), PickleStack.ObjectCost);
                return true;
            case 0x8E or 0x96:
                _stack.Push(bytes.Take(bytes.ReadUInt64()), PickleStack.ObjectCost);
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
                _stack.Push(new Dictionary<string, object?>(StringComparer.Ordinal), PickleStack.ContainerCost);
                return true;
            case (byte)']':
                _stack.Push(new List<object?>(), PickleStack.ContainerCost);
                return true;
            case (byte)')':
                _stack.Push(Array.Empty<object?>(), 0);
                return true;
            case (byte)'(':
                _stack.Mark();
                return true;
            case (byte)'t':
                PushTuple(_stack.PopToMark());
                return true;
            case 0x85 or 0x86 or 0x87:
                PushTuple(_stack.PopMany(instruction - 0x84));
                return true;
            case (byte)'s':
                SetItems(_stack.PopMany(2));
                return true;
            case (byte)'u':
                SetItems(_stack.PopToMark());
                return true;
            case (byte)'a':
                Append(_stack.PopMany(1));
                return true;
            case (byte)'e':
                Append(_stack.PopToMark());
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
                _stack.Put(bytes.ReadByte());
                return true;
            case (byte)'r':
                _stack.Put(bytes.ReadUInt32());
                return true;
            case 0x94:
                _stack.PutNext();
                return true;
            case (byte)'h':
                _stack.Get(bytes.ReadByte());
                return true;
            case (byte)'j':
                _stack.Get(bytes.ReadUInt32());
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
                var names = _stack.PopMany(2);
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
                throw Refused(bytes.ReadLine(), bytes.ReadLine());
            default:
                return false;
        }
    }

    void PushGlobal(string module, string name)
    {
        if (!NumpyReduction.TryFind(module, name, out var global))
        {
            throw Refused(module, name);
        }

        _stack.Push(global, PickleStack.ObjectCost);
    }

    void Reduce()
    {
        var call = _stack.PopMany(2);
        if (call is not [PickleGlobal function, object?[] arguments])
        {
            throw bytes.Bad("the pickle calls something that is none of NumPy's functions");
        }

        // The only call that copies: its result is as long as the text, which the memo can offer again and again.
        _stack.Charge(function == PickleGlobal.EncodeText && arguments is [string text, ..] ? text.Length : PickleStack.ContainerCost);
        var result = NumpyReduction.Call(function, arguments, out var problem);
        _stack.Push(result ?? throw bytes.Bad($"a call of NumPy's {function} is refused: {problem}"), PickleStack.ObjectCost);
    }

    void Build()
    {
        var state = _stack.Pop();
        var target = _stack.Pop();
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

        _stack.Push(target, 0);
    }

    void SetItems(object?[] items)
    {
        if (_stack.Peek() is not Dictionary<string, object?> dictionary || items.Length % 2 != 0)
        {
            throw bytes.Bad("entries are set on something that is no dictionary, or a key has no value");
        }

        _stack.Charge((long)PickleStack.EntryCost * items.Length);
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
        if (_stack.Peek() is not List<object?> list)
        {
            throw bytes.Bad("values are appended to something that is no list");
        }

        _stack.Charge((long)PickleStack.EntryCost * items.Length);
        list.AddRange(items);
    }

    void PushText(ulong length)
    {
        var utf8 = bytes.Take(length);
        _stack.Charge(2L * utf8.Length);
        _stack.Push(bytes.Decode(utf8.Span), PickleStack.ObjectCost);
    }

    void PushTuple(object?[] items) => _stack.Push(items, PickleStack.ObjectCost + (8 * items.Length));

    InputException Refused(string module, string name) =>
        bytes.Bad($"the pickle asks for {CheckpointText.Short(module)}.{CheckpointText.Short(name)}, which could run code");

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
