namespace NeedleBench.San.Checkpoints;

/// <summary>The only names that a pickle may ask for. None of them is ever looked up: each is a case in <see cref="NumpyReduction"/>.</summary>
enum PickleGlobal
{
    ReconstructArray,
    ArrayFromBuffer,
    Scalar,
    ArrayClass,
    DtypeClass,
    BFloat16Class,
    EncodeText,
}
