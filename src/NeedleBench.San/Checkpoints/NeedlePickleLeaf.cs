namespace NeedleBench.San.Checkpoints;

/// <summary>One array of Needle's own parameter tree, and the tensors it becomes.</summary>
/// <param name="Path">Its keys, joined by '/'.</param>
/// <param name="Layers">How many layers are stacked on its first axis, or null where there is no such axis.</param>
/// <param name="Shape">Its shape (that of one layer).</param>
/// <param name="Name">The tensor's name for a layer.</param>
/// <param name="IsKernel">Whether it is a matrix [in, out], which a checkpoint keeps as [out, in].</param>
sealed record NeedlePickleLeaf(string Path, int? Layers, int[] Shape, Func<int, string> Name, bool IsKernel = false)
{
    /// <summary>The shape of the whole array.</summary>
    public int[] StackedShape => Layers is { } layers ? [layers, .. Shape] : Shape;
}
