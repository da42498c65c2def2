namespace NeedleBench.Training.Tests.Reference;

/// <summary>
/// Reverse-mode differentiation over matrices of doubles: each operation notes how gradients go back through it, and
/// <see cref="Backward"/> plays the notes from the end. Nothing but plain loops, so that it can be checked by reading.
/// </summary>
sealed class Tape
{
    readonly Stack<Action> _back = new();

    /// <summary>Gradients of all that <paramref name="end"/> was made of are added to theirs.</summary>
    /// <param name="end">A single number.</param>
    public void Backward(Variable end)
    {
        end.Gradient[0] = 1;
        while (_back.TryPop(out var step))
        {
            step();
        }
    }

    /// <summary>a · b.</summary>
    public Variable Product(Variable a, Variable b)
    {
        Require(a.Columns == b.Rows);
        var (m, k, n) = (a.Rows, a.Columns, b.Columns);
        var y = Zeros(m, n);
        Each((i, j, l) => y.Values[(i * n) + l] += a.Values[(i * k) + j] * b.Values[(j * n) + l]);
        _back.Push(() => Each((i, j, l) =>
        {
            a.Gradient[(i * k) + j] += y.Gradient[(i * n) + l] * b.Values[(j * n) + l];
            b.Gradient[(j * n) + l] += y.Gradient[(i * n) + l] * a.Values[(i * k) + j];
        }));
        return y;

        void Each(Action<int, int, int> visit)
        {
            for (var i = 0; i < m; i++)
            {
                for (var j = 0; j < k; j++)
                {
                    for (var l = 0; l < n; l++)
                    {
                        visit(i, j, l);
                    }
                }
            }
        }
    }

    public Variable Transpose(Variable x) =>
        Pick(x, x.Columns, x.Rows, (row, column) => (column * x.Columns) + row);

    /// <summary>Rows of x, in an order, some more than once.</summary>
    public Variable Rows(Variable x, int[] rows) =>
        Pick(x, rows.Length, x.Columns, (row, column) => (rows[row] * x.Columns) + column);

    public Variable Columns(Variable x, int from, int count) =>
        Pick(x, x.Rows, count, (row, column) => (row * x.Columns) + from + column);

    /// <summary>x[row, columns[row]] of each row: [rows, 1].</summary>
    public Variable OneOfEachRow(Variable x, int[] columns) =>
        Pick(x, x.Rows, 1, (row, _) => (row * x.Columns) + columns[row]);

    /// <summary>Side by side.</summary>
    public Variable Concatenate(params Variable[] parts)
    {
        var y = Zeros(parts[0].Rows, parts.Sum(p => p.Columns));
        var from = 0;
        foreach (var part in parts)
        {
            var start = from;
            Each(part, (i, row, column) => y.Values[(row * y.Columns) + start + column] = part.Values[i]);
            _back.Push(() => Each(part, (i, row, column) => part.Gradient[i] += y.Gradient[(row * y.Columns) + start + column]));
            from += part.Columns;
        }

        return y;
    }

    /// <summary>a + b, where b may be one row, one column or one number for all.</summary>
    public Variable Add(Variable a, Variable b)
    {
        var y = Zeros(a.Rows, a.Columns);
        Each(a, (i, row, column) => y.Values[i] = a.Values[i] + b.Values[Broadcast(b, row, column)]);
        _back.Push(() => Each(a, (i, row, column) =>
        {
            a.Gradient[i] += y.Gradient[i];
            b.Gradient[Broadcast(b, row, column)] += y.Gradient[i];
        }));
        return y;
    }

    /// <summary>a · b by elements, where b may be one row, one column or one number for all.</summary>
    public Variable Times(Variable a, Variable b)
    {
        var y = Zeros(a.Rows, a.Columns);
        Each(a, (i, row, column) => y.Values[i] = a.Values[i] * b.Values[Broadcast(b, row, column)]);
        _back.Push(() => Each(a, (i, row, column) =>
        {
            var at = Broadcast(b, row, column);
            a.Gradient[i] += y.Gradient[i] * b.Values[at];
            b.Gradient[at] += y.Gradient[i] * a.Values[i];
        }));
        return y;
    }

    public Variable Times(Variable x, double factor) => Map(x, v => v * factor, (_, _) => factor);

    /// <summary>A function by elements.</summary>
    /// <param name="x">Its argument.</param>
    /// <param name="function">What it gives.</param>
    /// <param name="derivative">Of (argument, result).</param>
    public Variable Map(Variable x, Func<double, double> function, Func<double, double, double> derivative)
    {
        var y = Zeros(x.Rows, x.Columns);
        Each(x, (i, _, _) => y.Values[i] = function(x.Values[i]));
        _back.Push(() => Each(x, (i, _, _) => x.Gradient[i] += y.Gradient[i] * derivative(x.Values[i], y.Values[i])));
        return y;
    }

    /// <summary>Sum of each row: [rows, 1].</summary>
    public Variable RowSums(Variable x)
    {
        var y = Zeros(x.Rows, 1);
        Each(x, (i, row, _) => y.Values[row] += x.Values[i]);
        _back.Push(() => Each(x, (i, row, _) => x.Gradient[i] += y.Gradient[row]));
        return y;
    }

    // A matrix of elements that stand elsewhere in another.
    Variable Pick(Variable x, int rows, int columns, Func<int, int, int> source)
    {
        var y = Zeros(rows, columns);
        Each(y, (i, row, column) => y.Values[i] = x.Values[source(row, column)]);
        _back.Push(() => Each(y, (i, row, column) => x.Gradient[source(row, column)] += y.Gradient[i]));
        return y;
    }

    static Variable Zeros(int rows, int columns) => new(rows, columns, new double[rows * columns]);

    static int Broadcast(Variable b, int row, int column) =>
        ((b.Rows == 1 ? 0 : row) * b.Columns) + (b.Columns == 1 ? 0 : column);

    static void Each(Variable x, Action<int, int, int> visit)
    {
        for (var i = 0; i < x.Values.Length; i++)
        {
            visit(i, i / x.Columns, i % x.Columns);
        }
    }

    static void Require(bool fits)
    {
        if (!fits)
        {
            throw new ArgumentException("the matrices do not fit each other");
        }
    }
}
