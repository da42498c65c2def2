namespace NeedleBench.Tokenizers.HuggingFace.Decoding;

/// <summary>A step of decoding: gets tokens one by one and hands on what is settled. Of one decoding, for one thread.</summary>
interface ITokenSink
{
    void Add(string token);

    /// <summary>No more tokens come: what was held back is handed on, and the next step is told.</summary>
    void End();
}
