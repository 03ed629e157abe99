using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// Memory is spans for the caller, and behind the members a reference to where a buffer begins: lengths are checked once,
/// where the caller's memory comes in, and constants from there on. Arithmetic is over whole vectors.
/// </summary>
internal class VectorDialect(Target target) : Dialect(target)
{
    /// <summary>The class Unsafe, by the name that the generated file gives it: what it does here is count from references.</summary>
    public const string Unsafe = "\uE002Refs";

    protected const string Memory = "\uE002Spans";

    /// <summary>The class MethodImplAttribute, by the name that the generated file gives it.</summary>
    public const string Attribute = "\uE002Jit";

    public override IEnumerable<(string Alias, string Name)> Aliases => AllAliases;

    /// <summary>A reference to nothing.</summary>
    public virtual string Nothing => $"ref {Unsafe}.NullRef<float>()";

    /// <summary>What files with vectors call by short names.</summary>
    public static IEnumerable<(string Alias, string Name)> AllAliases { get; } =
    [
        .. Lanes.Aliases,
        .. SharedAliases,
    ];

    /// <summary>Those that have nothing to do with the kind of vectors.</summary>
    protected static IEnumerable<(string Alias, string Name)> SharedAliases =>
    [
        (Unsafe, "global::System.Runtime.CompilerServices.Unsafe"),
        (Memory, "global::System.Runtime.InteropServices.MemoryMarshal"),
        (Attribute, "global::System.Runtime.CompilerServices.MethodImpl"),
        (Attribute + "Options", "global::System.Runtime.CompilerServices.MethodImplOptions"),
    ];

    public override bool HasVectors => true;

    public override string ReadOnly(string element = "float") => $"global::System.ReadOnlySpan<{element}>";

    public override string Writable => "global::System.Span<float>";

    public override string Inner(bool writable, string element = "float") => "ref " + element;

    public override string OptionalScratch => Writable + " scratch = default";

    public override string Parameter(Buffer buffer, bool writable) =>
        $"ref {TypeOf(buffer)} {buffer.Name}";

    /// <summary>What a buffer's elements are kept as.</summary>
    public static string TypeOf(Buffer buffer) => buffer.Storage == Storage.Float32 ? "float" : "ushort";

    public override string ElementAt(string name, string index) => ElementOf(name, index);

    public override string View(Buffer buffer, string memory, int offset) => $"ref {TypeOf(buffer)} {buffer.Name} = {Reference(memory, offset)};";

    public override string ViewArgument(string name, string memory, int offset) => "ref " + name;

    public override string SampleArgument(string memory, int size, string sample = "sample") =>
        Reference($"{Memory}.GetReference({memory})", size == 1 ? sample : Invariant($"{sample} * {size}"));

    public override string Whole(string memory) => $"ref {Memory}.GetReference({memory})";

    public override string WholeArray(string array) => $"ref {array}.First";

    public override string Part(string memory, string offset, string size) => Reference(memory, offset);

    public override string PassOn(string name) => "ref " + name;

    /// <summary>A struct: unlike stackalloc it needs no guard of the stack, and takes part in inlining.</summary>
    public override string Stack(CodeWriter code, int size, string name = "memory")
    {
        StackSizes.Add(size);
        code.Line(Invariant($"{Unsafe}.SkipInit(out {KernelsClass}.Scratch{size} {name});"));
        return Invariant($"ref {Unsafe}.As<{KernelsClass}.Scratch{size}, float>(ref {name})");
    }

    public override string Room((string Memory, string At, string Size) place) =>
        $"{Memory}.CreateSpan({Reference(place.Memory.Substring("ref ".Length), place.At)}, {place.Size})";

    public override string Clear(string memory) => memory + ".Clear();";

    public override string? AssumeLength(Buffer buffer) => null;

    public override string Length(string memory, bool optional = false) => memory + ".Length";

    /// <summary>One element from a reference on.</summary>
    public static string ElementOf(string reference, string index) => index == "0" ? reference : $"{Unsafe}.Add(ref {reference}, {index})";

    /// <summary>A reference so many elements further on.</summary>
    public static string Reference(string reference, string offset) => "ref " + ElementOf(reference, offset);

    public static string Reference(string reference, int offset) => Reference(reference, Invariant($"{offset}"));
}
