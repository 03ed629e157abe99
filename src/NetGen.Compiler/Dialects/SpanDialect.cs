using NetGen.Compiler.Ir;
using NetGen.Compiler.Targets;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>Memory is spans. A slice is a span of its own, so every buffer is indexed from 0.</summary>
internal sealed class SpanDialect(Target target) : Dialect(target)
{
    public override string ReadOnly(string element = "float") => $"global::System.ReadOnlySpan<{element}>";

    public override string Writable => "global::System.Span<float>";

    public override string OptionalScratch => Writable + " scratch = default";

    public override string Parameter(Buffer buffer, bool writable) =>
        (writable ? Writable : ReadOnly()) + " " + buffer.Name;

    public override string ElementAt(string name, string index) => $"{name}[{index}]";

    public override string View(Buffer buffer, string memory, int offset) => Invariant($"var {buffer.Name} = {memory}.Slice({offset}, {buffer.Size});");

    public override string ViewArgument(string name, string memory, int offset) => name;

    public override string SampleArgument(string memory, int size, string sample = "sample") => size == 1
        ? $"{memory}.Slice({sample}, 1)"
        : Invariant($"{memory}.Slice({sample} * {size}, {size})");

    public override string Part(string memory, string offset, string size) => $"{memory}.Slice({offset}, {size})";

    public override string SpanOf(string array) => $"global::System.MemoryExtensions.AsSpan({array})";

    public override string PassOn(string name) => name;

    public override string Clear(string memory) => memory + ".Clear();";

    public override string AssumeLength(Buffer buffer) => Invariant($"{buffer.Name} = {buffer.Name}.Slice(0, {buffer.Size});");

    public override string Length(string memory, bool optional = false) => memory + ".Length";
}
