using System.Collections.Generic;

namespace NetGen.Compiler.Loops;

/// <summary>A statement of generated code.</summary>
internal abstract record Step;

/// <summary>Declares a local.</summary>
internal sealed record Let(Local Local, Term Value) : Step;

internal sealed record Set(Local Local, Term Value) : Step;

/// <summary>A place within memory gets a name.</summary>
internal sealed record Enter(Memory Place, Memory Memory, Term Offset) : Step;

/// <summary>Memory for so many elements on the stack gets a name.</summary>
internal sealed record Reserve(Memory Place, int Count) : Step;

/// <summary>A named place moves on.</summary>
internal sealed record Advance(Memory Place, Term By) : Step;

/// <summary>Writes a vector, or an element.</summary>
internal sealed record Store(Memory Memory, Term Offset, Term Value) : Step;

/// <summary>Runs a member of the lanes' types, or a micro-kernel that is generic over them: what it is handed is numbers, vectors and memory.</summary>
/// <param name="Results">Vectors that it declares.</param>
/// <param name="IsOfAnyWidth">It is generic over the lanes.</param>
internal sealed record Run(string Method, IReadOnlyList<Passed> Arguments, IReadOnlyList<Local> Results, bool IsOfAnyWidth = true) : Step;

/// <summary>For each index from one on below an end, by steps.</summary>
internal sealed record For(Local Index, Term From, Term End, Term By, IReadOnlyList<Step> Body) : Step;

/// <summary>Where a number is not 0.</summary>
internal sealed record When(Term Number, IReadOnlyList<Step> Body) : Step;

/// <summary>Where something holds of numbers, and else.</summary>
internal sealed record If(Term Condition, IReadOnlyList<Step> Body, IReadOnlyList<Step> Otherwise) : Step;

/// <summary>Leaves the loop.</summary>
internal sealed record Break : Step;

/// <summary>While a number is at most another.</summary>
internal sealed record While(Term Left, Term Right, IReadOnlyList<Step> Body) : Step;

internal sealed record Return(Term Value) : Step;

internal sealed record Say(string Comment) : Step;

/// <summary>What a micro-kernel is handed: a value, or a place in memory.</summary>
internal readonly record struct Passed(Term? Value, Memory? Memory, Term? Offset)
{
    public static implicit operator Passed(Term value) => new(value, null, null);

    public static implicit operator Passed(int value) => new(value, null, null);

    public static Passed At(Memory memory, Term? offset = null) => new(null, memory, offset);
}
