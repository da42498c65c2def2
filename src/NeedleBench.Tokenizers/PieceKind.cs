namespace NeedleBench.Tokenizers;

/// <summary>What a piece of a SentencePiece vocabulary stands for. The numbers are those of <c>sentencepiece_model.proto</c>.</summary>
public enum PieceKind
{
    /// <summary>A piece that merging produces.</summary>
    Normal = 1,

    /// <summary>The one piece for characters outside the vocabulary.</summary>
    Unknown = 2,

    /// <summary>A mark such as <c>&lt;s&gt;</c>: no text encodes to it, and it decodes to no text.</summary>
    Control = 3,

    /// <summary>A symbol that is cut out of the text whole, before any merging.</summary>
    UserDefined = 4,

    /// <summary>A piece that merging passes through, and that is then taken apart again.</summary>
    Unused = 5,

    /// <summary>One byte, written <c>&lt;0x41&gt;</c>; unknown characters become their UTF-8 bytes.</summary>
    Byte = 6,
}
