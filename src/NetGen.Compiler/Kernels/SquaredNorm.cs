using System.Collections.Generic;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
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
            w.Vectors(Gradient.Size, WriteVectors, returns: true);
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

    /// <summary>The halves of a vector add up apart, so that neither waits for the other.</summary>
    private void WriteVectors(VectorCode v)
    {
        Local lowers = v.Code.Variable("lowers", Term.ZeroOf(Kind.Doubles)), uppers = v.Code.Variable("uppers", Term.ZeroOf(Kind.Doubles));
        v.Over(Gradient.Size, once: true, [(Gradient.Named("At"), v.Start(Gradient))], (at, part) =>
        {
            Term g = v.Code.Let("g", v.LoadZeroed(at[0], part));
            if (ClipValue is { } most)
                g = v.Code.Let("clamped", ExprTerms.Of(UpdateRule.Clamp(most), _ => g));
            Term lower = v.Code.Let("lower", Term.Of(Operation.WidenLower, g)), upper = v.Code.Let("upper", Term.Of(Operation.WidenUpper, g));
            v.Code.Increase(lowers, lower * lower);
            v.Code.Increase(uppers, upper * upper);
        });
        v.Code.Return(Term.Of(Operation.Sum, new Get(lowers) + new Get(uppers)));
    }
}
