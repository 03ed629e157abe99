using System;
using System.Collections.Generic;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using Xunit;

namespace NetGen.Compiler.Tests.Dialects;

/// <summary>Code as C#: operators by their levels, names that are given once, statements as a reader would write them.</summary>
public sealed class CodePrinterTests
{
    private static readonly Term i = Number("i"), j = Number("j"), n = Number("n");

    private static readonly Memory s_x = new("x");

    private static readonly Dictionary<string, Term> s_terms = new()
    {
        ["(i + j) * n"] = (i + j) * n,
        ["i + j * n"] = i + (j * n),
        ["i + (j + n)"] = i + (j + n), // of floats it is another number
        ["i - (j - n)"] = i - (j - n),
        ["i / (j * n)"] = i / (j * n),
        ["i / 4 * 4"] = i / 4 * 4,
        ["i % (j + 1)"] = i % (j + 1),
        ["-(i + j)"] = -(i + j),
        ["-i * j"] = -i * j,
        ["5 + i"] = 2 + (3 + i),
        ["i"] = 0 + i,
        ["3 * TLanes.Count"] = 3 * Term.Lanes,
        ["(float)(i + j)"] = Term.Of(Operation.ToFloat, i + j),
        ["(float)i / 2f"] = Term.Of(Operation.ToFloat, i) / new FloatNumber(2f),
        ["global::System.Math.Min(i, j - 1) * 2"] = Term.Of(Operation.Min, i, j - (Term)1) * 2,
        ["global::System.MathF.Sqrt(Refs.Add(ref x, i))"] = Term.Of(Operation.Sqrt, new Load(s_x, i, Kind.Float)),
        ["x"] = new Load(s_x, 0, Kind.Float),
        ["TLanes.Load(ref x)"] = new Load(s_x, 0, Kind.Vector),
        ["TLanes.LoadFrom(ref x, 4 + i)"] = new Load(s_x, (Term)4 + i, Kind.Vector),
        ["Lanes4.Load(ref x)"] = new Load(s_x, 0, Kind.Four),
        ["TLanes.Add(TLanes.Zero, TLanes.Create(2f))"] = Term.Zero + Term.All(2f),
        ["TLanes.Create(-0f)"] = Term.All(-0f), // not Zero
        ["Tanh<TLanes, TVector>(TLanes.One)"] = Term.Call(Function.Tanh, Term.One),
        ["TLanes.Sum(TLanes.And(TLanes.One, TLanes.Last(3)))"] = Term.Of(Operation.Sum, Term.One & new LastLanes(3)),
    };

    public static TheoryData<string> Terms => [.. s_terms.Keys];

    [Theory]
    [MemberData(nameof(Terms))]
    public void A_term(string text) => Assert.Equal($"return {text};\n", Print(code => code.Return(s_terms[text])));

    [Fact]
    public void Names_that_are_taken_get_a_number() => Assert.Equal("""
        TVector n2 = TLanes.Zero;
        TVector n3 = TLanes.One;
        ref float x2 = ref Refs.Add(ref x, 4);
        for (int k = 0; k < n; k++)
        {
            TVector n4 = TLanes.LoadFrom(ref x2, k);
        }

        for (int k2 = 0; k2 < 8; k2 += 2)
        {
            TVector a = n3;
        }

        """, Print(code =>
        {
            code.Let("n", Term.Zero);
            Term second = code.Let("n", Term.One);
            Memory place = code.Enter("x", s_x, 4);
            code.For("k", n, 1, k => code.Let("n", new Load(place, k, Kind.Vector)));
            code.For("k", 8, 2, _ => code.Variable("a", second));
        }, "x", "n"));

    [Fact]
    public void Sums_are_added_to() => Assert.Equal("""
        int count = 0;
        count += i - 1;
        count = i + count;
        float sum = 0f;
        sum += 2f * sum;
        TVector sums = TLanes.Zero;
        sums = TLanes.Add(sums, TLanes.One);
        Refs.Add(ref x, 3) += sum;
        Refs.Add(ref x, 3) = sum + Refs.Add(ref x, 3);
        Refs.Add(ref x, 3) = Refs.Add(ref x, 4) + sum;

        """, Print(code =>
        {
            Local count = code.Variable("count", 0);
            code.Increase(count, i - (Term)1);
            code.Set(count, i + new Get(count));
            Local sum = code.Variable("sum", new FloatNumber(0f));
            code.Increase(sum, new FloatNumber(2f) * new Get(sum));
            Local sums = code.Variable("sums", Term.Zero);
            code.Increase(sums, Term.One);
            code.Store(s_x, 3, new Load(s_x, 3, Kind.Float) + new Get(sum));
            code.Store(s_x, 3, new Get(sum) + new Load(s_x, 3, Kind.Float));
            code.Store(s_x, 3, new Load(s_x, 4, Kind.Float) + new Get(sum));
        }, "x"));

    [Fact]
    public void Choices_and_loops_that_are_left() => Assert.Equal("""
        while (i <= n - TLanes.Count)
        {
            // as long as they fill a vector
            if (i >= 1 && j < n)
            {
                break;
            }
            else
            {
                TLanes.StoreFrom(TLanes.One, ref x, i);
            }
        }

        if (n % 8 != 0)
        {
            Lanes4.StoreFirst(Lanes4.Zero, ref x, 3);
        }

        """, Print(code =>
        {
            code.While(i, n - Term.Lanes, () =>
            {
                code.Say("as long as they fill a vector");
                code.If(Term.Of(Operation.GreaterOrEqual, i, 1) & Term.Of(Operation.Less, j, n), code.Break, () => code.Store(s_x, i, Term.One));
            });
            code.When(n % 8, () => code.Run("StoreFirst", Term.ZeroOf(Kind.Four), Passed.At(s_x), 3));
        }, "x"));

    [Fact]
    public void Of_one_width_the_types_are_named()
    {
        var text = new CodeWriter();
        var code = new CodeBuilder();
        code.Let("v", new Load(s_x, 0, Kind.Vector) + Term.Call(Function.Exp, Term.One));
        new CodePrinter(text, Dialect.For(Target.Net10), ["x"], Lanes.Eight).Print(code.Steps);

        Assert.Equal("Floats8 v = Lanes8.Add(Lanes8.Load(ref x), Exp<Lanes8, Floats8>(Lanes8.One));\n", Named(text.ToString()));
    }

    [Fact]
    public void What_is_called_is_known()
    {
        var dialect = Dialect.For(Target.Net10);
        new CodePrinter(new CodeWriter(), dialect, []).Print([new Return(Term.Of(Operation.Sum, Term.Call(Function.Softplus, Term.One)))]);

        Assert.Contains("Sum", dialect.UsedLanesMembers);
        Assert.Contains("One", dialect.UsedLanesMembers);
        Assert.Contains(Function.Softplus, dialect.UsedVectorMath);
        Assert.DoesNotContain("Load", dialect.UsedLanesMembers);
    }

    private static Term Number(string name) => new Argument(name, Kind.Int);

    private static string Print(Action<CodeBuilder> write, params string[] parameters)
    {
        var text = new CodeWriter();
        var code = new CodeBuilder();
        write(code);
        new CodePrinter(text, Dialect.For(Target.Net10), [.. parameters]).Print(code.Steps);
        return Named(text.ToString());
    }

    private static string Named(string text) => FileNames.Settle(text, static alias => alias, out _);
}
