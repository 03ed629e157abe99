using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Loops;

/// <summary>One assignment of an elementwise computation: the target's variable, its buffer, and the formula.</summary>
/// <param name="Target">Null for a value of the element that only later assignments read.</param>
internal sealed record Assignment(string Variable, Ir.Buffer? Target, Expr Formula, bool Accumulate = false);
