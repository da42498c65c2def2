using System.CommandLine;
using System.Globalization;
using NeedleBench.Cli.Providers;
using NeedleBench.Harness.Running;
using NeedleBench.Harness.Suites;
using NeedleBench.Onnx.Runtime;

namespace NeedleBench.Cli.Commands;

/// <summary><c>needlebench doctor</c>: what this machine and this place offer.</summary>
static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        var suites = SharedOptions.Suites();
        var command = new Command("doctor", "Show what this machine offers: processor, memory, ONNX Runtime, suites, models.") { suites };
        command.SetAction(parsed =>
        {
            var machine = MachineProbe.Describe();
            Row("system", machine.Os);
            Row("processor", machine.Cpu);
            Row("cores", machine.Cores.ToString(CultureInfo.InvariantCulture));
            Row("SIMD", machine.Simd);
            Row("memory", string.Create(CultureInfo.InvariantCulture, $"{machine.MemoryBytes / 1e9:F1} GB available to this process"));
            Row("runtime", machine.Runtime);
            Row("ONNX Runtime", OnnxRuntime());
            Row("suites", Suites(parsed.GetValue(suites)!));
            Row("models in the box", string.Join(", ", KnownProviders.Catalog(null).Providers.SelectMany(p => p.Available)));
            return ExitCodes.Fine;
        });
        return command;

        void Row(string name, string value) => terminal.Out.WriteLine($"{name,-18} {value}");
    }

    static string OnnxRuntime() => OnnxRuntimeLibrary.TryLoad(out var whyNot)
        ? $"found: {OnnxRuntimeLibrary.LoadedVersion} ({OnnxRuntimeLibrary.LoadedFile})"
        : $"not found; only models of the scheme onnx: need it. {whyNot}";

    static string Suites(string root)
    {
        try
        {
            var suites = SuiteCatalog.Load(root, []);
            return $"{suites.Count} with {suites.Sum(s => s.Cases.Count)} cases in {Path.GetFullPath(root)}";
        }
        catch (InputException e)
        {
            return e.Message;
        }
    }
}
