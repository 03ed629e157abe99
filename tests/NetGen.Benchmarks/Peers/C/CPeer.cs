using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NetGen.Benchmarks;

/// <summary>Plain C with constant sizes, which a compiler vectorizes: network.c, compiled here for this machine.</summary>
/// <param name="name">The compiler's command.</param>
/// <param name="installCommand">What installs it.</param>
/// <param name="flags">What it needs besides the common flags, such as the vector mathematics to use.</param>
internal sealed class CPeer(string name, string installCommand, IReadOnlyList<string> flags) : IPeer
{
    /// <summary>
    /// libm's exp, in vectors where the compiler finds them, or the polynomial of network.c: neither is faster everywhere. tanh
    /// is written by exp, since tanhf lost everywhere.
    /// </summary>
    private static readonly IReadOnlyList<(string Name, string Definition)> Exponentials = [("libm", "-DEXP_OF=expf"), ("own exp", "-DEXP_OF=exp_of")];

    private readonly CToolchain _toolchain = new(name);
    private readonly Dictionary<string, string> _libraries = [];
    private string? _folder;

    public string Name => name;

    public string? Version => _toolchain.Version;

    public string InstallCommand => installCommand;

    public string? Refusal(BenchmarkNet net, BenchmarkTask task) => null;

    public IReadOnlyList<IContender> Prepare(Workload workload)
    {
        return [.. from form in CForm.All
                   where form.Fits(workload.Net, workload.Task)
                   from exp in Exponentials
                   select new CContender($"{form.Name}, {exp.Name}", Library(workload.Net, form, exp.Definition), workload)];
    }

    public void Dispose()
    {
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A form's shared object, which holds every task; compiled once.</summary>
    private string Library(BenchmarkNet net, CForm form, string exponential)
    {
        string key = $"{net.Name} {form.Name} {exponential}";
        if (!_libraries.TryGetValue(key, out string? library))
        {
            _folder ??= Directory.CreateTempSubdirectory("netgen-benchmarks-").FullName;
            library = _toolchain.Build(
                CSource.Write(net, form), _folder, $"{net.Name}{_libraries.Count}", ["-O3", "-march=native", "-ffast-math", .. flags, exponential], ["-lm"]);
            _libraries.Add(key, library);
        }

        return library;
    }
}
