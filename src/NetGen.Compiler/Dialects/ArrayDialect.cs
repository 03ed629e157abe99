using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>Memory is arrays. A buffer inside one is the array and where it begins: <c>hidden[hiddenAt + 3]</c>.</summary>
internal sealed class ArrayDialect(Target target) : Dialect(target)
{
    public override string ReadOnly(string element = "float") => element + "[]";

    public override string Writable => "float[]";

    public override string OptionalScratch => "float[] scratch = null";

    public override string Parameter(Buffer buffer, bool writable) =>
        $"float[] {buffer.Name}, int {buffer.Named("At")}";

    public override string ElementAt(string name, string index) =>
        index == "0" ? $"{name}[{NameMark.Of(name, "At")}]" : $"{name}[{NameMark.Of(name, "At")} + {index}]";

    public override string? View(Buffer buffer, string memory, int offset) => null;

    public override string ViewArgument(string name, string memory, int offset) => Invariant($"{memory}, {offset}");

    public override string SampleArgument(string memory, int size, string sample = "sample") => size == 1 ? $"{memory}, {sample}" : Invariant($"{memory}, {sample} * {size}");

    public override string Part(string memory, string offset, string size) => $"{memory}, {offset}";

    public override string PartOf(string name, string offset, string size) => offset == "0" ? PassOn(name) : $"{name}, {NameMark.Of(name, "At")} + {offset}";

    public override string PassOn(string name) => $"{name}, {NameMark.Of(name, "At")}";

    public override string OneHot(string kernels, string labels, (string First, string Count) samples, int labelSize, (string Memory, string At, string Size) place) =>
        $"{kernels}OneHot({labels}, {Times(samples.First, labelSize)}, {Times(samples.Count, labelSize)}, {place.Memory}, {place.At})";

    public override string Weighted(string kernels, (string First, string Count) samples, int size, (string Memory, string At, string Size) place) =>
        $"{kernels}Weighted(targets, {Times(samples.First, size)}, {Times(samples.Count, size)}, {place.Memory}, {place.At})";

    public override IEnumerable<string> DeclareTarget((string First, string Count) samples, int size, string oneHot, string? weighted, string room) => weighted is null ?
    [
        "float[] target = targets;",
        $"int targetAt = {Times(samples.First, size)};",
        "if (labels != null)",
        "{",
        $"    target = {oneHot};",
        $"    targetAt = {room};",
        "}",
    ]
    : [$"float[] target = labels == null ? {weighted} : {oneHot};", $"int targetAt = {room};"];

    public override IEnumerable<string> DeclareWeighted(string weighted, string room) => [$"float[] target = {weighted};", $"int targetAt = {room};"];

    public override string DeclaredTarget => "target, targetAt";

    public override string All(string memory) => memory + ", 0";

    public override string Clear(string memory) => $"global::System.Array.Clear({memory}, 0, {memory}.Length);";

    public override string? AssumeLength(Buffer buffer) => null;

    public override string Length(string memory, bool optional = false) =>
        optional ? $"({memory} == null ? 0 : {memory}.Length)" : memory + ".Length";
}
