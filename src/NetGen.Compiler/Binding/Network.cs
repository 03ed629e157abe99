namespace NetGen.Compiler.Binding;

/// <summary>A checked network: every layer bound, every shape known. No positions; equal by value.</summary>
internal sealed record Network;
