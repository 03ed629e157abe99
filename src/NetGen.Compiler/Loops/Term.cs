using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Loops;

/// <summary>A value that generated code computes. Vectors and numbers are written alike; the printer knows how C# says it.</summary>
internal abstract record Term(Kind Kind)
{
    public static readonly Term Zero = new Apply(Operation.Zero, EquatableArray<Term>.Empty, Kind.Vector), One = new Apply(Operation.One, EquatableArray<Term>.Empty, Kind.Vector);

    /// <summary>0, 1, 2 and so on in the lanes.</summary>
    public static readonly Term Ascending = new Apply(Operation.Ascending, EquatableArray<Term>.Empty, Kind.Vector);

    /// <summary>The lanes of the width that the text runs in.</summary>
    public static readonly Term Lanes = new LaneCount();

    public static Term operator +(Term a, Term b) => Binary(Operation.Add, a, b);

    public static Term operator -(Term a, Term b) => Binary(Operation.Subtract, a, b);

    public static Term operator *(Term a, Term b) => Binary(Operation.Multiply, a, b);

    public static Term operator /(Term a, Term b) => Binary(Operation.Divide, a, b);

    public static Term operator -(Term a) => new Apply(Operation.Negate, EquatableArray.Of(a), a.Kind);

    public static Term operator &(Term a, Term b) => Binary(Operation.And, a, b);

    public static implicit operator Term(int value) => new IntNumber(value);

    /// <summary>A number in all lanes.</summary>
    public static Term All(Term number) => number is FloatNumber { Value: 0f } zero && !IsNegativeZero(zero.Value) ? Zero
        : number is FloatNumber { Value: 1f } ? One
        : new Apply(Operation.Create, EquatableArray.Of(number), Kind.Vector);

    public static Term All(float number) => All(new FloatNumber(number));

    public static Term Of(Operation operation, params Term[] operands) => new Apply(operation, operands.ToEquatable(), operation switch
    {
        Operation.Sum or Operation.ToFloat => Kind.Float,
        _ => operands[0].Kind,
    });

    /// <summary>a b + c.</summary>
    public static Term MultiplyAdd(Term a, Term b, Term c) => Of(Operation.MultiplyAdd, a, b, c);

    /// <summary>A method of the file's over vectors, such as an elementary function.</summary>
    public static Term Call(Function function, Term x) => new CallFunction(function, x);

    private static Term Binary(Operation operation, Term a, Term b) => new Apply(operation, EquatableArray.Of(a, b), a.Kind == Kind.Vector ? a.Kind : b.Kind == Kind.Int ? a.Kind : b.Kind);

    private static bool IsNegativeZero(float value) => value == 0 && float.IsNegativeInfinity(1 / value);
}

internal sealed record IntNumber(int Value) : Term(Kind.Int);

internal sealed record FloatNumber(float Value) : Term(Kind.Float);

/// <summary>A number that the method is given, by its name.</summary>
internal sealed record Argument(string Name, Kind Kind) : Term(Kind);

internal sealed record LaneCount() : Term(Kind.Int);

internal sealed record Get(Local Local) : Term(Local.Kind);

/// <summary>An element, or the vector that begins with it.</summary>
internal sealed record Load(Memory Memory, Term Offset, Kind Kind) : Term(Kind);

/// <summary>What a member of the lanes' types reads from memory in a way of its own.</summary>
internal sealed record Gathered(string Member, Memory Memory, Term Offset, Term? Step) : Term(Kind.Vector);

internal sealed record Apply(Operation Operation, EquatableArray<Term> Operands, Kind Kind) : Term(Kind);

internal sealed record CallFunction(Function Function, Term X) : Term(X.Kind);
