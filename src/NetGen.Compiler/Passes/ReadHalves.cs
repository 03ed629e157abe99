using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;

namespace NetGen.Compiler.Passes;

/// <summary>
/// Inference of one sample on parameters of 16 bits. What reads each element of a weight once reads it as it is kept: there the memory is what takes time.
/// All else reads floats, which are made of it once for a call.
/// </summary>
/// <param name="Kernels">In order, those that widen as they read among them.</param>
/// <param name="Widened">Where in scratch the floats of the other parameters begin, in the order in which they are kept.</param>
/// <param name="Floats">How many floats of scratch those take, with what a vector may read behind them.</param>
internal sealed record ReadHalves(Storage Storage, IReadOnlyList<Kernel> Kernels, IReadOnlyDictionary<string, int> Widened, int Floats)
{
    // The widest vector.
    private const int ReadBehind = 16;

    public static ReadHalves Run(IReadOnlyList<Kernel> kernels, ForwardGraph graph, Storage storage)
    {
        Dictionary<string, int> readers = kernels.SelectMany(static k => k.WithParts).SelectMany(static k => k.Operands.Select(static o => o.Buffer).Distinct())
            .Where(static b => b.Role == BufferRole.Parameter).GroupBy(static b => b.Name).ToDictionary(static g => g.Key, static g => g.Count());
        var direct = new HashSet<string>();
        Buffer Halves(Buffer weight)
        {
            direct.Add(weight.Name);
            return weight with { Storage = storage };
        }

        Kernel[] changed =
        [
            .. kernels.Select(kernel => kernel switch
            {
                Affine { Rows: 1 } a when readers[a.Weight.Name] == 1 => a with { Name = a.Name + "OfHalves", Weight = Halves(a.Weight) },
                Gather g when readers[g.Weight.Name] == 1 => g with { Name = g.Name + "OfHalves", Weight = Halves(g.Weight) },
                _ => kernel,
            }),
        ];
        var widened = new Dictionary<string, int>();
        int floats = 0;
        foreach (string name in graph.Parameters.OrderBy(static p => p.Value.Offset).Select(static p => p.Key).Where(p => readers.ContainsKey(p) && !direct.Contains(p)))
        {
            widened.Add(name, floats);
            floats += graph.Parameters[name].Parameter.Size;
        }

        return new ReadHalves(storage, changed, widened, floats == 0 ? 0 : (floats + ReadBehind + 3) / 4 * 4);
    }
}
