namespace NeedleBench.Harness.Running;

/// <summary>The machine a run took place on: latencies mean nothing without it.</summary>
/// <param name="Os">Name and version.</param>
/// <param name="Cpu">The processor's own name.</param>
/// <param name="Cores">Logical processors that the process may use.</param>
/// <param name="Simd">Widest instruction set in use, e.g. <c>AVX2+FMA</c>.</param>
/// <param name="MemoryBytes">Memory available to the process.</param>
/// <param name="Runtime">Name and version of the .NET runtime.</param>
public sealed record MachineDescription(string Os, string Cpu, int Cores, string Simd, long MemoryBytes, string Runtime);
