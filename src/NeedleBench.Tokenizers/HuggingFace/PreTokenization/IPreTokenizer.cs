namespace NeedleBench.Tokenizers.HuggingFace.PreTokenization;

/// <summary>A step that cuts a text into the words that merging stays within. Threads may share one.</summary>
interface IPreTokenizer
{
    void Apply(PieceList pieces);
}
