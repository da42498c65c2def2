namespace NeedleBench.San.Checkpoints;

/// <summary>The stack, marks and memo of a pickle, with limits on what they may hold together.</summary>
sealed class PickleStack(PickleBytes bytes)
{
    // Rough costs in bytes of what an instruction of one or two bytes makes us keep.
    public const int ContainerCost = 200;
    public const int EntryCost = 64;
    public const int ObjectCost = 32;

    const int MaxStack = 1_000_000;
    const int MaxMarks = 1000;

    readonly List<object?> _stack = [];
    readonly List<int> _marks = [];
    readonly Dictionary<uint, object?> _memo = [];

    // A pickle of arrays needs about its own size, and twice that where protocol 2 spells bytes as text.
    long _budget = (64L << 20) + (3L * bytes.Length);

    public bool IsEmpty => _stack.Count == 0 && _marks.Count == 0;

    /// <summary>Below the last mark nothing may be taken.</summary>
    int Floor => _marks.Count > 0 ? _marks[^1] : 0;

    /// <param name="value">What to push.</param>
    /// <param name="cost">The bytes it keeps alive beyond those of the file.</param>
    public void Push(object? value, long cost)
    {
        Charge(cost);
        if (_stack.Count == MaxStack)
        {
            throw bytes.Bad($"more than {MaxStack} values are unused at once");
        }

        _stack.Add(value);
    }

    public void Mark()
    {
        if (_marks.Count == MaxMarks)
        {
            throw bytes.Bad($"the data are nested deeper than {MaxMarks} levels");
        }

        _marks.Add(_stack.Count);
    }

    public object? Peek() => _stack.Count > Floor ? _stack[^1] : throw Underflow();

    public object? Pop()
    {
        var value = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    public object?[] PopMany(int count)
    {
        if (_stack.Count - count < Floor)
        {
            throw Underflow();
        }

        var items = new object?[count];
        _stack.CopyTo(_stack.Count - count, items, 0, count);
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    public object?[] PopToMark()
    {
        if (_marks.Count == 0)
        {
            throw bytes.Bad("there is no mark to go back to");
        }

        var items = PopMany(_stack.Count - Floor);
        _marks.RemoveAt(_marks.Count - 1);
        return items;
    }

    /// <summary>Remembers the top of the stack under a number.</summary>
    public void Put(uint index)
    {
        Charge(EntryCost);
        _memo[index] = Peek();
    }

    /// <summary>Remembers the top of the stack under the next number.</summary>
    public void PutNext() => Put((uint)_memo.Count);

    /// <summary>Pushes what was remembered.</summary>
    public void Get(uint index) => Push(
        _memo.TryGetValue(index, out var value)
            ? value
            : throw bytes.Bad(FormattableString.Invariant($"memo {index} is read before it is written")),
        cost: 0);

    public void Charge(long cost)
    {
        _budget -= cost;
        if (_budget < 0)
        {
            throw bytes.Bad("the data are far larger than the file: it would fill the memory");
        }
    }

    InputException Underflow() => bytes.Bad("a value is taken from an empty stack");
}
