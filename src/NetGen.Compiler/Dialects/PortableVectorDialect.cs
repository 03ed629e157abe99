using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// Memory as <see cref="VectorDialect"/> has it. Arithmetic is over <c>System.Numerics.Vector&lt;float&gt;</c>, which has as many lanes as the processor that
/// runs the code; where the runtime makes no instructions of it (.NET Framework on 32 bits, interpreters), or the neighbours do not fill it, it is over
/// numbers: each kernel has both bodies and chooses by what the JIT knows to be constant.
/// </summary>
internal sealed class PortableVectorDialect(Target target) : VectorDialect(target)
{
    /// <summary>The vector of floats, by the name that the generated file gives it.</summary>
    public const string Floats = "\uE002Floats";

    public const string Ints = "\uE002Ints";

    public const string Doubles = "\uE002Doubles";

    /// <summary>Four floats, whatever a vector holds: the results of four sums.</summary>
    public const string Four = "\uE002Four";

    /// <summary>The class with what is done with vectors.</summary>
    public const string Operations = "\uE002Vectors";

    public override IEnumerable<(string Alias, string Name)> Aliases => AllAliases;

    /// <summary>What files with these vectors call by short names.</summary>
    public static new IEnumerable<(string Alias, string Name)> AllAliases { get; } =
    [
        (Floats, "global::System.Numerics.Vector<float>"),
        (Ints, "global::System.Numerics.Vector<int>"),
        (Doubles, "global::System.Numerics.Vector<double>"),
        (Four, "global::System.Numerics.Vector4"),
        (Operations, "global::System.Numerics.Vector"),
        .. SharedAliases,
    ];

    public override bool HasVectors => false;

    public override bool HasPortableVectors => true;

    public override string Nothing
    {
        get
        {
            UseLanes(PortableLanes.Nothing);
            return $"ref {PortableLanes.Class}.{PortableLanes.Nothing}()";
        }
    }

    public override string WholeArray(string array) => $"ref {Memory}.GetReference(new {Writable}({array}))";

    /// <summary>A slice of the span that the reference is of: .NET Standard 2.0 makes no span of a reference.</summary>
    public override string Room((string Memory, string At, string Size) place)
    {
        string start = $"ref {Memory}.GetReference(";
        return $"{place.Memory.Substring(start.Length, place.Memory.Length - start.Length - 1)}.Slice({place.At}, {place.Size})";
    }

    /// <summary>What .NET Standard has no other way to leave unset is cleared.</summary>
    public override string Stack(CodeWriter code, int size, string name = "memory")
    {
        code.Line(Invariant($"{Writable} {name} = stackalloc float[{size}];"));
        return Whole(name);
    }

    protected override IEnumerable<string> LanesMembersOf(Function function) => PortableLanes.CalledIn(PortableText.Of(function));

    protected override IEnumerable<string> LanesMembersOf(Helper helper) => PortableText.LanesMembers(helper);
}
