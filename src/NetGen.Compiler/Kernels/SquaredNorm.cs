using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Kernels;

/// <summary>sum g² of one gradient, for its norm, in double: squares of floats neither overflow nor vanish there.</summary>
/// <param name="ClipValue">Where each element is clamped first, to what; else null.</param>
internal sealed record SquaredNorm(string Name, Buffer Gradient, float? ClipValue) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands => [new(Gradient, Access.Read)];

    public override bool GivesLoss => true;

    public override long MultiplyAdds => Gradient.Size;

    public override long Statements => 0;

    public override string Formula => ClipValue is { } most ? $"sum clamp({Gradient.Name}, {CSharpLiteral.Shortest(most)})²" : $"sum {Gradient.Name}²";

    public override void Emit(KernelWriter w)
    {
        if (w.HasVectors)
        {
            w.PerWidth(Gradient.Size, Lanes.Eight, EmitVectors);
            return;
        }

        w.Code.Line("double squares = 0.0;");
        using (w.Code.Block(KernelWriter.Loop("k", Gradient.Size)))
        {
            string g = w.At(Gradient, "k");
            if (ClipValue is { } most)
            {
                w.Code.Line($"float clamped = {w.Print(UpdateRule.Clamp(most), Precision.Float, _ => g)};");
                g = "clamped";
            }

            w.Code.Line($"squares += (double){g} * {g};");
        }

        w.Code.Line();
        w.Code.Line("return squares;");
    }

    private void EmitVectors(VectorWriter v)
    {
        List<Chunk> chunks = Chunk.Disjoint(Gradient.Size, v.Lanes);
        int regular = chunks.TakeWhile(c => c.Lanes == v.Lanes && c.IsWhole).Count();
        v.Code.Line($"var sums = {v.Lanes.Class}.Create(0.0);");
        v.Code.Line($"var others = {v.Lanes.Class}.Create(0.0);");
        v.Repeat(regular, [(Gradient.Named("At"), v.Start(Gradient), v.Lanes.Count)], at =>
        {
            (string lower, string upper) = Widened(v, at[0], new Chunk(0, v.Lanes, v.Lanes.Count));
            v.Code.Line($"sums += {lower} * {lower};");
            v.Code.Line($"others += {upper} * {upper};");
        }, regular <= 2 ? true : null);
        v.Code.Line($"double squares = {v.Lanes.Class}.Sum(sums + others);");
        foreach (Chunk chunk in chunks.Skip(regular))
        {
            (string lower, string upper) = Widened(v, v.Start(Gradient), chunk);
            v.Code.Line($"squares += {chunk.Lanes.Class}.Sum({lower} * {lower} + {upper} * {upper});");
        }

        v.Code.Line("return squares;");
    }

    /// <summary>A vector of the gradient as two of doubles; 0 in lanes beyond its end.</summary>
    private (string Lower, string Upper) Widened(VectorWriter v, Place at, Chunk chunk)
    {
        string g = v.Kernel.Local("g"), lower = v.Kernel.Local("lower"), upper = v.Kernel.Local("upper");
        v.Code.Line($"var {g} = {VectorWriter.LoadZeroed(at, chunk)};");
        if (ClipValue is { } most)
            v.Code.Line($"{g} = {v.Print(UpdateRule.Clamp(most), chunk.Lanes, _ => g)};");
        v.Code.Line($"(var {lower}, var {upper}) = {chunk.Lanes.Class}.Widen({g});");
        return (lower, upper);
    }
}
