using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Kernels;

/// <summary>c += the sum over the rows of a formula, for each channel: the gradient of a parameter that all rows share.</summary>
/// <param name="Terms">The terms, with the sum's buffer in the place of their result.</param>
internal sealed record ChannelSum(string Name, ChannelMap Terms) : Kernel(Name)
{
    private Buffer Sum => Terms.Y;

    public override IEnumerable<Operand> Operands => Terms.Operands;

    public override long MultiplyAdds => 0;

    public override string Formula => $"{Sum.Name} += {(Terms.Rows > 1 ? "sum of " : "")}{Terms.Text}";

    public override void Emit(KernelWriter w)
    {
        // A sum's terms do not add to what stands in its buffer.
        ChannelMap terms = Terms with { YAccess = Access.Overwrite };
        if (terms.IsPlanes)
            PlaneMap.EmitSum(w, terms);
        else if (terms.Channels == 1)
        {
            w.Vectors(terms.Rows, v =>
            {
                IReadOnlyDictionary<string, Term> constants = terms.ConstantsOfOne(v, [.. terms.PerChannel.Select(s => v.Start(s.Buffer))]);
                v.StoreElement(v.Start(Sum), v.Element(v.Start(Sum)) + SumOverRows(v, terms, [.. terms.Values.Select(s => v.Start(s.Buffer))], constants));
            });
        }
        else
            w.Vectors(terms.Channels, v => terms.OverChannels(v, once: true, (at, part) => WriteSums(v, terms, at, part)));
    }

    /// <summary>The sum over the rows of one channel, which are neighbours.</summary>
    public static Term SumOverRows(VectorCode v, ChannelMap terms, Address[] values, IReadOnlyDictionary<string, Term> constants) => v.Sum(
        terms.Rows, [.. terms.Values.Select((s, k) => (s.Variable + "At", values[k]))],
        (v, at, part) => VectorCode.Counted(terms.Value(v, at, part, constants), part));

    private static void WriteSums(VectorCode v, ChannelMap terms, Address[] at, Part part)
    {
        IReadOnlyDictionary<string, Term> constants = terms.ConstantsOf(v, at, part);
        Address sum = at[at.Length - 1];
        Local sums = v.Code.Variable("sums", v.Load(sum, part));
        v.Repeat(terms.Rows, [.. terms.Values.Select((s, k) => (s.Variable + "Row", at[k], (Offset)terms.Channels))],
            row => v.Code.Increase(sums, terms.Value(v, row, part, constants)), isWrittenOut: terms.Rows <= Tuning.Pools.FewRows);
        v.Store(sum, part, new Get(sums));
    }
}
