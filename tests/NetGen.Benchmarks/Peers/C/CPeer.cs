using System.Collections.Generic;
using System.Linq;

namespace NetGen.Benchmarks;

/// <summary>C with constant sizes: network.c or its like for convolutions or recurrent layers, compiled here for this machine.</summary>
/// <param name="name">What the peer is called.</param>
/// <param name="toolchain">The compiler, and what it needs besides the common flags, such as the vector mathematics to use.</param>
/// <param name="forms">The ways of those files that this peer may choose from.</param>
internal sealed class CPeer(string name, CToolchain toolchain, IReadOnlyList<CForm> forms) : IPeer
{
    /// <summary>
    /// libm's exp, in vectors where the compiler finds them, or the polynomial of dense.c: neither is faster everywhere. tanh
    /// is written by exp, since tanhf lost everywhere. Beside a convolution, a softmax is nothing; a recurrent layer has a quotient of its own.
    /// </summary>
    private static readonly IReadOnlyList<(string Name, string Definition)> Exponentials = [("libm", "-DEXP_OF=expf"), ("own exp", "-DEXP_OF=exp_of")];

    public string Name => name;

    public string? Version => toolchain.Version;

    public string InstallCommand => toolchain.InstallCommand;

    /// <summary>Whether its loops are arranged for registers by hand.</summary>
    public bool IsBlockedByHand { get; init; }

    public string? Refusal(BenchmarkNet net, BenchmarkTask task) => forms.Any(f => f.Fits(net, task)) ? null
        : net.Kind == NetKind.Convolutional ? "has no form for convolutions"
        : net.Kind == NetKind.Recurrent ? "has no form for recurrent layers"
        : "is about batches: one sample is plain C's";

    public IReadOnlyList<IContender> Prepare(Workload workload) =>
        [.. from form in forms
            where form.Fits(workload.Net, workload.Task)
            from exp in HasChoice(workload.Net) ? Exponentials : Exponentials.Skip(1)
            select new CContender(
                HasChoice(workload.Net) ? $"{form.Name}, {exp.Name}" : form.Name, toolchain.Build(CSource.Write(workload.Net, form), [exp.Definition]), workload)];

    public void Dispose()
    {
    }

    /// <summary>Whether there is an exponential that matters.</summary>
    private static bool HasChoice(BenchmarkNet net) =>
        net.Kind == NetKind.Dense && net.Layers.Any(l => l.Activation is not (Activation.Linear or Activation.Relu));
}
