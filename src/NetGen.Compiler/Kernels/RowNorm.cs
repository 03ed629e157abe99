using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// y = w n + b for each row, with n = (x - mean) / √(variance + ε) where it centres, else n = x / √(mean of x² + ε).
/// Derivative: <see cref="RowNormGradient"/>.
/// </summary>
/// <param name="Weight">Null where there is none, as is the bias.</param>
/// <param name="Centres">The mean is taken away, and the variance is about it.</param>
internal sealed record RowNorm(
    string Name, Buffer X, Buffer? Weight, Buffer? Bias, Buffer Y, int Rows, int Size, float Epsilon, bool Centres) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands =>
        [new(X, Access.Read), .. new[] { Weight, Bias }.OfType<Buffer>().Select(static b => new Operand(b, Access.Read)), new(Y, Access.Overwrite)];

    public override long MultiplyAdds => 0;

    public override string Formula
    {
        get
        {
            string shift = Bias is null ? "" : " + " + Bias.Name;
            string normal = Centres ? $"({X.Name} - mean) / sqrt(variance + {CSharpLiteral.Shortest(Epsilon)})" : $"{X.Name} / sqrt(mean square + {CSharpLiteral.Shortest(Epsilon)})";
            return $"{Y.Name} = {(Weight is null ? "" : Weight.Name + " ")}{normal}{shift}" + (Rows > 1 ? Invariant($", for each of {Rows} rows") : "");
        }
    }

    public override void Differentiate(IGradients gradients)
    {
        Buffer? dw = gradients.WantedParameter(Weight), db = gradients.WantedParameter(Bias);
        Operand? dx = gradients.Wanted(X);
        if (dw is not null || db is not null || dx is not null)
            gradients.Add(new RowNormGradient(KernelNames.Gradient(Name, ""), X, Weight, gradients.Of(Y), dx?.Buffer, dx?.Access ?? Access.Read, dw, db, Rows, Size, Epsilon, Centres));
    }

    public override void Emit(KernelWriter w) => w.Vectors(Size, v => RowNormVectors.Write(v, this));
}

/// <summary>
/// With g = w dy and n as in <see cref="RowNorm"/>, for each row: dx = (g - mean(g) - n mean(g n)) / √(variance + ε), without mean(g) where nothing is centred;
/// dw += dy n; db += dy. The statistics are computed again from x: that takes less than to keep them would.
/// </summary>
/// <param name="Dx">Null where nobody needs it, as are the others.</param>
internal sealed record RowNormGradient(
    string Name, Buffer X, Buffer? Weight, Buffer Dy, Buffer? Dx, Access DxAccess, Buffer? Dw, Buffer? Db, int Rows, int Size, float Epsilon, bool Centres)
        : Kernel(Name)
{
    public override IEnumerable<Operand> Operands
    {
        get
        {
            if (Dx is not null || Dw is not null)
                yield return new Operand(X, Access.Read);
            if (Dx is not null && Weight is not null)
                yield return new Operand(Weight, Access.Read);
            yield return new Operand(Dy, Access.Read);
            if (Dx is not null)
                yield return new Operand(Dx, DxAccess);
            if (Dw is not null)
                yield return new Operand(Dw, Access.Accumulate);
            if (Db is not null)
                yield return new Operand(Db, Access.Accumulate);
        }
    }

    public override long MultiplyAdds => 0;

    public override string Formula
    {
        get
        {
            List<string> parts = [];
            if (Dx is not null)
                parts.Add(KernelNames.Assign(Dx, DxAccess, Centres ? "(g - mean(g) - n mean(g n)) / deviation" : "(g - n mean(g n)) / root of the mean square"));
            if (Dw is not null)
                parts.Add($"{Dw.Name} += {Dy.Name} n");
            if (Db is not null)
                parts.Add($"{Db.Name} += {Dy.Name}");
            string where = Dx is null ? "" : $"; n is the normalised {X.Name}, g = {(Weight is null ? "" : Weight.Name + " ")}{Dy.Name}";
            return string.Join(", ", parts) + where;
        }
    }

    public override void Emit(KernelWriter w) => w.Vectors(Size, v => RowNormVectors.Write(v, this));
}
