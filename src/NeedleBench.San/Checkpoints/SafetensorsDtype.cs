namespace NeedleBench.San.Checkpoints;

/// <summary>The number formats that weights are read from and written to, named as in a safetensors header.</summary>
public enum SafetensorsDtype
{
    F32,
    F16,
    BF16,
}
