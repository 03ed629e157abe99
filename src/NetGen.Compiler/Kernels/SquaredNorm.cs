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

    public override void Emit(KernelWriter w) => w.Vectors(Gradient.Size, v => v.Code.Return(Write(v, Gradient, ClipValue)), returns: true);

    /// <summary>The sum of the squares of a buffer, as a double. The halves of a vector add up apart, so that neither waits for the other.</summary>
    public static Term Write(VectorCode v, Buffer of, float? clip = null)
    {
        Local lowers = v.Code.Variable("lowers", Term.ZeroOf(Kind.Doubles)), uppers = v.Code.Variable("uppers", Term.ZeroOf(Kind.Doubles));
        v.Over(of.Size, once: true, [(of.Named("At"), v.Start(of))], (at, part) =>
        {
            Term value = v.Code.Let("value", v.LoadZeroed(at[0], part));
            if (clip is { } most)
                value = v.Code.Let("clamped", ExprTerms.Of(UpdateRule.Clamp(most), _ => value));
            Term lower = v.Code.Let("lower", Term.Of(Operation.WidenLower, value)), upper = v.Code.Let("upper", Term.Of(Operation.WidenUpper, value));
            v.Code.Increase(lowers, lower * lower);
            v.Code.Increase(uppers, upper * upper);
        });
        return Term.Of(Operation.Sum, new Get(lowers) + new Get(uppers));
    }
}
