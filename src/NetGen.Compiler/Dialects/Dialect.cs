using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// How the target's C# reads, slices and passes memory, and which mathematics it has: everything in which
/// spans with vectors, spans alone and bare arrays differ. Kernels print through it and know none of them.
/// </summary>
internal abstract class Dialect(Target target)
{
    private readonly SortedSet<Helper> _helpers = [];
    private readonly SortedSet<Function> _vectorMath = [];
    private readonly SortedSet<string> _lanesMembers = [];

    public Target Target { get; } = target;

    /// <summary>The nested class that holds kernels and helpers.</summary>
    public string KernelsClass { get; set; } = "Kernels";

    public static Dialect For(Target target) => 
        !target.HasSpan ? new ArrayDialect(target) : target.UsesVectors ? new VectorDialect(target) : target.UsesPortableVectors ? new PortableVectorDialect(target) : new SpanDialect(target);

    /// <summary>The sizes of structs of floats that methods keep their scratch in.</summary>
    public SortedSet<int> StackSizes { get; } = [];

    /// <summary>The helpers that what was printed so far calls, and those that they call.</summary>
    public IEnumerable<Helper> UsedHelpers => _helpers;

    /// <summary>Short names that the file gives to what it uses most, with the names they stand for.</summary>
    public virtual IEnumerable<(string Alias, string Name)> Aliases => [];

    /// <summary>Kernels compute over whole vectors of widths that are known when the code is written.</summary>
    public virtual bool HasVectors => false;

    /// <summary>
    /// Kernels compute over vectors of the one width that the runtime has, where it has one and there is enough to fill them, else over numbers.
    /// </summary>
    public virtual bool HasPortableVectors => false;

    /// <summary>Private methods take memory by reference, and batches run in blocks, whose products are those of matrices.</summary>
    public bool HasReferences => HasVectors || HasPortableVectors;

    /// <summary>The type of memory that is only read: <c>ReadOnlySpan&lt;float&gt;</c>.</summary>
    public abstract string ReadOnly(string element = "float");

    /// <summary>The type of memory that is written: <c>Span&lt;float&gt;</c>.</summary>
    public abstract string Writable { get; }

    /// <summary>The type by which a private method takes the caller's memory as a whole.</summary>
    public virtual string Inner(bool writable, string element = "float") => writable ? Writable : ReadOnly(element);

    /// <summary>What is passed for all of the caller's memory.</summary>
    public virtual string Whole(string memory) => memory;

    /// <summary>What is passed for all of an array of the instance's.</summary>
    public virtual string WholeArray(string array) => array;

    /// <summary>All of an array of the instance's, as <see cref="Room"/> takes it.</summary>
    public virtual string SpanOf(string array) => WholeArray(array);

    /// <summary>The parameters by which a private method takes a buffer.</summary>
    public abstract string Parameter(Buffer buffer, bool writable);

    /// <summary>One element; the index is an expression of ints.</summary>
    public string Element(Buffer buffer, string index) => ElementAt(buffer.Name, index);

    /// <summary>The same by the buffer's name.</summary>
    public abstract string ElementAt(string name, string index);

    /// <summary>A local that stands for a buffer in a larger memory, or null where none is needed.</summary>
    public abstract string? View(Buffer buffer, string memory, int offset);

    /// <summary>What is passed for a buffer that is a view of a larger memory.</summary>
    public abstract string ViewArgument(string name, string memory, int offset);

    /// <summary>What is passed for one sample's part of the caller's memory.</summary>
    public abstract string SampleArgument(string memory, int size, string sample = "sample");

    /// <summary>What is passed for a buffer that is a part of a larger memory, from an offset on that is an expression of ints.</summary>
    public abstract string Part(string memory, string offset, string size);

    /// <summary>What is passed for a part of a buffer that the method itself was given.</summary>
    public virtual string PartOf(string name, string offset, string size) => Part(name, offset, size);

    /// <summary>What is passed for a buffer that the method itself was given.</summary>
    public abstract string PassOn(string name);

    /// <summary>Declares zeroed memory of a constant size that lasts as long as the method; gives back what to pass for it.</summary>
    /// <param name="name">What it is called.</param>
    public virtual string Stack(CodeWriter code, int size, string name = "memory")
    {
        code.Line(System.FormattableString.Invariant($"{Writable} {name} = stackalloc float[{size}];"));
        return Whole(name);
    }

    /// <summary>Some floats within memory that has been passed on, as memory of their own.</summary>
    public virtual string Room((string Memory, string At, string Size) place) => Part(place.Memory, place.At, place.Size);

    /// <summary>A call of the method that makes targets of labels: <paramref name="place"/> is where.</summary>
    public virtual string OneHot(string kernels, string labels, (string First, string Count) samples, int labelSize, (string Memory, string At, string Size) place) =>
        $"{kernels}OneHot({Slice(labels, samples, labelSize)}, {Room(place)})";

    /// <summary>A call of the method that multiplies targets by their classes' weights: <paramref name="place"/> is where.</summary>
    public virtual string Weighted(string kernels, (string First, string Count) samples, int size, (string Memory, string At, string Size) place) =>
        $"{kernels}Weighted({Slice("targets", samples, size)}, {Room(place)})";

    /// <summary>Declares <c>target</c>: the targets of some samples, or what is made of them (if anything is), or of their labels.</summary>
    public virtual IEnumerable<string> DeclareTarget((string First, string Count) samples, int size, string oneHot, string? weighted, string room) =>
        [$"{ReadOnly()} target = labels.IsEmpty ? {weighted ?? Slice("targets", samples, size)} : {oneHot};"];

    /// <summary>The same where there are no labels.</summary>
    public virtual IEnumerable<string> DeclareWeighted(string weighted, string room) => [$"{ReadOnly()} target = {weighted};"];

    /// <summary>What is passed for it.</summary>
    public virtual string DeclaredTarget => Whole("target");

    /// <summary>What is passed for all of the caller's memory where a part of it could be.</summary>
    public virtual string All(string memory) => Whole(memory);

    private static string Slice(string span, (string First, string Count) samples, int size) =>
        samples is { First: "0", Count: "samples" } ? span : $"{span}.Slice({Times(samples.First, size)}, {Times(samples.Count, size)})";

    /// <summary>So many samples' elements.</summary>
    protected static string Times(string count, int size) => size == 1 || count == "0" ? count
        : count == "1" ? System.FormattableString.Invariant($"{size}") : System.FormattableString.Invariant($"{count} * {size}");

    /// <summary>Sets memory to 0.</summary>
    public abstract string Clear(string memory);

    /// <summary>Tells the JIT a buffer's length, or null where there is nothing to tell.</summary>
    public abstract string? AssumeLength(Buffer buffer);

    /// <summary>A parameter with an empty default.</summary>
    public abstract string OptionalScratch { get; }

    /// <summary>The length of the caller's memory; of absent scratch 0.</summary>
    public abstract string Length(string memory, bool optional = false);

    /// <summary>A call of an elementary function.</summary>
    public string Call(Function function, bool isDouble, string x)
    {
        string math = !isDouble && Target.HasMathF ? "global::System.MathF." : "global::System.Math.";
        string cast = !isDouble && !Target.HasMathF ? "(float)" : "";
        switch (function)
        {
            case Function.Sigmoid:
                Use(isDouble ? Helper.SigmoidDouble : Helper.Sigmoid);
                return $"Sigmoid({x})";
            case Function.ExpM1:
                Use(isDouble ? Helper.ExpM1Double : Helper.ExpM1);
                return $"ExpM1({x})";
            case Function.LogP1:
                Use(isDouble ? Helper.LogP1Double : Helper.LogP1);
                return $"LogP1({x})";
            case Function.Softplus:
                Use(isDouble ? Helper.SoftplusDouble : Helper.Softplus);
                return $"Softplus({x})";
            case Function.Gelu:
                Use(Helper.Gelu);
                return $"Gelu({x})";
            case Function.GeluDerivative:
                Use(Helper.GeluDerivative);
                return $"GeluDerivative({x})";
            case Function.Mish:
                Use(Helper.Mish);
                return $"Mish({x})";
            case Function.MishDerivative:
                Use(Helper.MishDerivative);
                return $"MishDerivative({x})";
            case Function.Abs:
                return $"global::System.Math.Abs({x})";
            default:
                return $"{cast}{math}{function}({(isDouble || !Target.IsSmall ? x : AsDouble(x))})";
        }
    }

    private static string AsDouble(string x) => x.IndexOf(' ') < 0 ? "(double)" + x : $"(double)({x})";

    /// <summary>The functions of vectors that what was printed so far calls.</summary>
    public IEnumerable<Function> UsedVectorMath => _vectorMath;

    /// <summary>The members of the lanes' types that it calls.</summary>
    public IEnumerable<string> UsedLanesMembers => _lanesMembers;

    /// <summary>Marks a member of the lanes' types as called.</summary>
    public void UseLanes(string member) => _lanesMembers.Add(member);

    /// <summary>The members of the lanes' types that a function of vectors calls.</summary>
    protected virtual IEnumerable<string> LanesMembersOf(Function function) => LanesTypes.CalledIn(VectorMath.Text(function));

    /// <summary>Those that a helper calls.</summary>
    protected virtual IEnumerable<string> LanesMembersOf(Helper helper) => Helpers.LanesMembers(helper);

    /// <summary>What is marked as called so far; handed to <see cref="Forget"/>, what was marked since is not.</summary>
    public (Helper[] Helpers, Function[] VectorMath, string[] LanesMembers) Called => ([.. _helpers], [.. _vectorMath], [.. _lanesMembers]);

    /// <summary>Goes back to what was called before something was printed that nobody needs.</summary>
    public void Forget((Helper[] Helpers, Function[] VectorMath, string[] LanesMembers) since)
    {
        _helpers.IntersectWith(since.Helpers);
        _vectorMath.IntersectWith(since.VectorMath);
        _lanesMembers.IntersectWith(since.LanesMembers);
    }

    /// <summary>Marks a function of vectors as called.</summary>
    public void UseLanes(Function function)
    {
        if (_vectorMath.Add(function))
            _lanesMembers.UnionWith(LanesMembersOf(function));
    }

    /// <summary>Marks a helper as called.</summary>
    public void Use(Helper helper)
    {
        if (!_helpers.Add(helper))
            return;
        _lanesMembers.UnionWith(LanesMembersOf(helper));
        foreach (Helper needed in Helpers.Needs(helper))
            Use(needed);
    }
}
