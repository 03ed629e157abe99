using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Loops;

/// <summary>A value that generated code computes. Vectors and numbers are written alike; the printer knows how C# says it.</summary>
internal abstract record Term(Kind Kind)
{
    public static readonly Term Zero = ZeroOf(Kind.Vector), One = OneOf(Kind.Vector);

    /// <summary>0, 1, 2 and so on in the lanes.</summary>
    public static readonly Term Ascending = new Apply(Operation.Ascending, EquatableArray<Term>.Empty, Kind.Vector);

    /// <summary>The lanes of the width that the text runs in.</summary>
    public static readonly Term Lanes = new LaneCount();

    public static Term operator +(Term a, Term b) => (a, b) switch
    {
        (IntNumber { Value: 0 }, { Kind: Kind.Int }) => b,
        ({ Kind: Kind.Int }, IntNumber { Value: 0 }) => a,
        // Constants of whole numbers meet in front.
        (IntNumber n, Apply { Operation: Operation.Add, Kind: Kind.Int } sum) when sum.Operands[0] is IntNumber m => (n.Value + m.Value) + sum.Operands[1],
        _ => Binary(Operation.Add, a, b),
    };

    public static Term operator -(Term a, Term b) => Binary(Operation.Subtract, a, b);

    public static Term operator *(Term a, Term b) => Binary(Operation.Multiply, a, b);

    public static Term operator /(Term a, Term b) => Binary(Operation.Divide, a, b);

    public static Term operator %(Term a, Term b) => Binary(Operation.Remainder, a, b);

    public static Term operator -(Term a) => new Apply(Operation.Negate, EquatableArray.Of(a), a.Kind);

    public static Term operator &(Term a, Term b) => Binary(Operation.And, a, b);

    public static implicit operator Term(int value) => new IntNumber(value);

    public static Term ZeroOf(Kind kind) => new Apply(Operation.Zero, EquatableArray<Term>.Empty, kind);

    public static Term OneOf(Kind kind) => new Apply(Operation.One, EquatableArray<Term>.Empty, kind);

    /// <summary>A number in all lanes.</summary>
    public static Term All(Term number, Kind kind = Kind.Vector) => number is FloatNumber { Value: 0f } zero && !IsNegativeZero(zero.Value) ? ZeroOf(kind)
        : number is FloatNumber { Value: 1f } ? OneOf(kind)
        : new Apply(Operation.Create, EquatableArray.Of(number), kind);

    public static Term All(float number, Kind kind = Kind.Vector) => All(new FloatNumber(number), kind);

    public static Term Of(Operation operation, params Term[] operands) => new Apply(operation, operands.ToEquatable(), operation switch
    {
        Operation.Sum when operands[0].Kind == Kind.Doubles => Kind.Double,
        Operation.ToDouble => Kind.Double,
        Operation.ToInt => Kind.Int,
        Operation.WidenLower or Operation.WidenUpper => Kind.Doubles,
        Operation.Narrow => Kind.Vector,
        Operation.Sum or Operation.ToFloat or Operation.Largest or Operation.FirstLane => Kind.Float,
        _ => operands[0].Kind,
    });

    /// <summary>a b + c.</summary>
    public static Term MultiplyAdd(Term a, Term b, Term c) => Of(Operation.MultiplyAdd, a, b, c);

    /// <summary>Of the elements of [rows, size], the number of one.</summary>
    public static Term Index(Term row, int size, Term column) => (row, column) switch
    {
        (IntNumber r, IntNumber c) => (r.Value * size) + c.Value,
        (IntNumber r, _) => (Term)(r.Value * size) + column,
        (_, IntNumber { Value: 0 }) => Times(row, size),
        _ => Times(row, size) + column,
    };

    private static Term Times(Term a, int times) => times == 1 ? a : a * times;

    /// <summary>The sums over the lanes of up to four vectors, side by side.</summary>
    public static Term SumsOf(IReadOnlyList<Term> vectors) => new Apply(
        Operation.SumsOfFour, vectors.Concat(Enumerable.Repeat(Zero, 4 - vectors.Count)).ToEquatable(), Kind.Four);

    /// <summary>A method of the file's over vectors, such as an elementary function.</summary>
    public static Term Call(Function function, Term x) => new CallFunction(function, x);

    private static Term Binary(Operation operation, Term a, Term b) =>
        new Apply(operation, EquatableArray.Of(a, b), a.Kind.IsOfLanes() || a.Kind == Kind.Double || b.Kind == Kind.Int ? a.Kind : b.Kind);

    private static bool IsNegativeZero(float value) => value == 0 && float.IsNegativeInfinity(1 / value);
}

internal sealed record IntNumber(int Value) : Term(Kind.Int);

internal sealed record FloatNumber(float Value) : Term(Kind.Float);

/// <summary>A number that the method is given, by its name.</summary>
internal sealed record Argument(string Name, Kind Kind) : Term(Kind);

internal sealed record LaneCount() : Term(Kind.Int);

/// <summary>A mask: all bits in the last lanes, so many of them.</summary>
internal sealed record LastLanes(Term Count) : Term(Kind.Vector);

/// <summary>A mask: all bits in the first lanes.</summary>
internal sealed record FirstLanes(Term Count) : Term(Kind.Vector);

internal sealed record DoubleNumber(double Value) : Term(Kind.Double);

internal sealed record Get(Local Local) : Term(Local.Kind);

/// <summary>An element, or the vector that begins with it.</summary>
internal sealed record Load(Memory Memory, Term Offset, Kind Kind) : Term(Kind);

/// <summary>What a member of the lanes' types reads from memory in a way of its own.</summary>
internal sealed record Gathered(string Member, Memory Memory, Term Offset, Term? Step, Kind Kind = Kind.Vector) : Term(Kind);

internal sealed record Apply(Operation Operation, EquatableArray<Term> Operands, Kind Kind) : Term(Kind);

internal sealed record CallFunction(Function Function, Term X) : Term(X.Kind);

/// <summary>A random number in [0, 1) of an element: a hash of (<c>seed</c>, stream, element).</summary>
internal sealed record Uniform(int Stream, Term Element) : Term(Kind.Float);
