using Google.Protobuf;

namespace NeedleBench.Onnx.LanguageModels;

/// <summary>
/// Goes through a model file for its constants and its packed matrices, without keeping values in memory. Field numbers are
/// those of ONNX's onnx.proto.
/// </summary>
sealed class GraphScanner
{
    const int DeepestGraph = 16;
    const int BufferSize = 1 << 16;

    readonly CodedInputStream _input;
    readonly List<GraphTensor> _tensors = [];
    WireFormat.WireType _wireType;

    GraphScanner(CodedInputStream input) => _input = input;

    /// <summary>Every constant of the graph and of those within its nodes.</summary>
    public IReadOnlyList<GraphTensor> Tensors => _tensors;

    /// <summary>Bits of a weight in the packed matrices (MatMulNBits); 0 where there are none.</summary>
    public int PackedBits { get; private set; }

    /// <exception cref="InvalidDataException">The bytes are no ONNX model.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static GraphScanner Scan(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan);
            using var input = CodedInputStream.CreateWithLimits(stream, int.MaxValue, 100);
            var scanner = new GraphScanner(input);
            var graphs = 0;
            scanner.Message(stream.Length, field =>
            {
                if (field != 7)
                {
                    return false;
                }

                graphs++;
                scanner.Graph(0);
                return true;
            });
            return graphs == 1 ? scanner : throw new InvalidDataException("there is no graph in it");
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or OverflowException)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    void Graph(int depth)
    {
        if (depth > DeepestGraph)
        {
            throw new InvalidDataException("its graphs are nested too deep");
        }

        Inner(field =>
        {
            switch (field)
            {
                case 1:
                    Node(depth);
                    return true;
                case 5:
                    Tensor();
                    return true;
                default:
                    return false;
            }
        });
    }

    void Node(int depth)
    {
        var op = "";
        var bits = 0L;
        Inner(field =>
        {
            switch (field)
            {
                case 4:
                    op = _input.ReadString();
                    return true;
                case 5:
                    var (name, value) = Attribute(depth);
                    bits = name == "bits" ? value : bits;
                    return true;
                default:
                    return false;
            }
        });
        PackedBits = op == "MatMulNBits" && bits is > 0 and <= 8 ? (int)bits : PackedBits;
    }

    (string Name, long Value) Attribute(int depth)
    {
        var (name, value) = ("", 0L);
        Inner(field =>
        {
            switch (field)
            {
                case 1:
                    name = _input.ReadString();
                    return true;
                case 3:
                    value = _input.ReadInt64();
                    return true;
                case 5:
                    Tensor();
                    return true;
                case 6 or 11:
                    Graph(depth + 1);
                    return true;
                default:
                    return false;
            }
        });
        return (name, value);
    }

    void Tensor()
    {
        var (name, type, elements, isExternal) = ("", 0, 1L, false);
        var external = new Dictionary<string, string>(StringComparer.Ordinal);
        Inner(field =>
        {
            switch (field)
            {
                case 1:
                    elements = checked(elements * Dimensions());
                    return true;
                case 2:
                    type = _input.ReadInt32();
                    return true;
                case 8:
                    name = _input.ReadString();
                    return true;
                case 13:
                    var (key, value) = Entry();
                    external[key] = value;
                    return true;
                case 14:
                    isExternal = _input.ReadInt32() == 1;
                    return true;
                default:
                    return false;
            }
        });
        _tensors.Add(new GraphTensor(name, type, elements)
        {
            Location = isExternal ? external.GetValueOrDefault("location", "") : null,
            Offset = external.TryGetValue("offset", out var text)
                ? long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var offset) && offset >= 0
                    ? offset
                    : throw new InvalidDataException($"the constant '{name}' begins at '{text}' of its file")
                : 0,
        });
    }

    (string Key, string Value) Entry()
    {
        var (key, value) = ("", "");
        Inner(field =>
        {
            switch (field)
            {
                case 1:
                    key = _input.ReadString();
                    return true;
                case 2:
                    value = _input.ReadString();
                    return true;
                default:
                    return false;
            }
        });
        return (key, value);
    }

    /// <summary>The product of the dimensions here: one, or several where they are packed.</summary>
    long Dimensions()
    {
        if (_wireType != WireFormat.WireType.LengthDelimited)
        {
            return Dimension();
        }

        var product = 1L;
        var end = checked(_input.ReadLength() + _input.Position);
        while (_input.Position < end)
        {
            product = checked(product * Dimension());
        }

        return product;
    }

    long Dimension() =>
        _input.ReadInt64() is >= 0 and var size ? size : throw new InvalidDataException("a constant has a negative dimension");

    void Inner(Func<int, bool> read)
    {
        var length = _input.ReadLength();
        Message(checked(_input.Position + length), read);
    }

    /// <param name="end">Where the message ends.</param>
    /// <param name="read">Reads a field's value, or says that it is to be passed over.</param>
    void Message(long end, Func<int, bool> read)
    {
        while (_input.Position < end)
        {
            var tag = _input.ReadTag();
            if (tag == 0)
            {
                throw new InvalidDataException("it breaks off");
            }

            _wireType = WireFormat.GetTagWireType(tag);
            if (!read(WireFormat.GetTagFieldNumber(tag)))
            {
                _input.SkipLastField();
            }
        }

        if (_input.Position != end)
        {
            throw new InvalidDataException("a part of it is longer than the whole");
        }
    }
}
