namespace NeedleBench.Onnx.LanguageModels;

/// <summary>What a graph says of one of its constants, without the values.</summary>
/// <param name="Name">Empty where it stands in a node.</param>
/// <param name="Type">ONNX's number of the element type, which may be one that <see cref="OnnxElementType"/> does not name.</param>
/// <param name="Elements">How many.</param>
sealed record GraphTensor(string Name, int Type, long Elements)
{
    /// <summary>The file that holds the values, as the graph names it; null where they are in the graph.</summary>
    public string? Location { get; init; }

    /// <summary>Where in the file they begin.</summary>
    public long Offset { get; init; }

    public bool IsFloat => Type is (int)OnnxElementType.Float or (int)OnnxElementType.Float16 or (int)OnnxElementType.BFloat16;

    /// <summary>Bytes of the values; 0 for texts, which no weights are. ONNX packs two 4-bit numbers to a byte.</summary>
    public long Bytes => Type switch
    {
        1 or 6 or 12 => checked(Elements * 4),
        4 or 5 or 10 or 16 => checked(Elements * 2),
        7 or 11 or 13 or 14 => checked(Elements * 8),
        15 => checked(Elements * 16),
        8 => 0,
        21 or 22 or 23 => (Elements / 2) + (Elements % 2),
        _ => Elements,
    };
}
