namespace NeedleBench.San.Kernels;

/// <summary>Work that falls into parts which may run in any order on any thread.</summary>
interface IParallelJob
{
    /// <param name="part">Which part, from 0.</param>
    /// <param name="worker">Which thread runs it, from 0; for scratch memory of its own.</param>
    void Run(int part, int worker);
}
