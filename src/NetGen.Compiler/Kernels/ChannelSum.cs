using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;

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
        if (!w.HasVectors)
            EmitScalar(w, terms);
        else if (terms.IsPlanes)
            PlaneMap.EmitSum(w, terms);
        else if (terms.Channels == 1)
        {
            w.PerWidth(terms.Rows, Lanes.Eight, v =>
            {
                System.Func<string, string> single = terms.DeclareSingle(v);
                string sum = v.Sum(terms.Rows, [.. terms.Values.Select(s => (s.Variable + "At", v.Start(s.Buffer)))],
                    (at, chunk) => terms.Print(v, at, chunk, ChannelMap.Single(chunk, single)));
                v.Code.Line($"{v.Start(Sum).Element} += {sum};");
            });
        }
        else
        {
            w.PerWidth(terms.Channels, Lanes.Eight, v => ChannelLoop.ForEach(v, terms.Channels, canRepeat: false,
                [.. terms.Values.Concat(terms.PerChannel).Select(s => v.Start(s.Buffer)), v.Start(Sum)], (at, chunk) => EmitVectors(v, terms, at, chunk)));
        }
    }

    private static void EmitVectors(VectorWriter v, ChannelMap terms, Place[] at, Chunk chunk)
    {
        System.Func<string, string> outer = terms.DeclareOuter(v, at, chunk);
        Place sum = at[at.Length - 1];
        string sums = v.Kernel.Local("sums");
        v.Code.Line($"var {sums} = {v.Load(sum, chunk)};");
        v.Repeat(terms.Rows, [.. terms.Values.Select((s, k) => (s.Variable + "At", at[k], terms.Channels))],
            row => v.Code.Line($"{sums} += {terms.Print(v, row, chunk, outer)};"), writtenOut: terms.Rows <= 4);
        v.Store(sum, chunk, sums);
    }

    private void EmitScalar(KernelWriter w, ChannelMap terms)
    {
        using (w.Code.Block(KernelWriter.Loop("k", terms.Channels)))
        {
            foreach (Source s in terms.PerChannel)
                w.Code.Line($"float {s.Variable} = {w.At(s.Buffer, "k")};");
            foreach ((string name, Expr formula) in terms.Hoisted)
                w.Code.Line($"float {name} = {w.Print(formula, Precision.Float)};");
            w.Code.Line("float sum = 0f;");
            w.ForEachRow("row", terms.Rows, row =>
            {
                string index = Planes.Index(terms.IsPlanes, terms.Rows, terms.Channels, row, "k");
                string Read(string variable) => terms.Values.FirstOrDefault(s => s.Variable == variable) is { Buffer: { } buffer } ? w.At(buffer, index) : variable;
                w.Code.Line($"sum += {w.Print(terms.Function, Precision.Float, Read)};");
            });
            w.Code.Line($"{w.At(Sum, "k")} += sum;");
        }
    }
}
