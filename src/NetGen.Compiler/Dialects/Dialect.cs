using System.Collections.Generic;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// How the target's C# reads, slices and passes memory, and which mathematics it has: everything in which
/// spans with vectors, spans alone and bare arrays differ. Kernels print through it and know none of them.
/// </summary>
internal abstract class Dialect(Target target)
{
    public const string Vector = "global::System.Numerics.Vector";
    public const string VectorOfFloat = "global::System.Numerics.Vector<float>";

    private readonly SortedSet<Helper> _helpers = [];

    public Target Target { get; } = target;

    public static Dialect For(Target target) => target.HasSpan ? new SpanDialect(target) : new ArrayDialect(target);

    /// <summary>The helpers that what was printed so far calls, and those that they call.</summary>
    public IEnumerable<Helper> UsedHelpers => _helpers;

    /// <summary>The vectors of System.Numerics can be used. They need <c>nuint</c>, which is C# 9.</summary>
    public bool HasVectors => Target is { HasSpan: true, HasVectors: true, LanguageVersion: >= 900 };

    /// <summary>The type of memory that is only read: <c>ReadOnlySpan&lt;float&gt;</c>.</summary>
    public abstract string ReadOnly(string element = "float");

    /// <summary>The type of memory that is written: <c>Span&lt;float&gt;</c>.</summary>
    public abstract string Writable { get; }

    /// <summary>The parameters by which a private method takes a buffer.</summary>
    public abstract string Parameter(Buffer buffer, bool writable);

    /// <summary>One element; the index is an expression of ints.</summary>
    public abstract string Element(Buffer buffer, string index);

    /// <summary>A local that stands for <paramref name="size"/> elements of a larger memory, or null where none is needed.</summary>
    public abstract string? View(string name, string memory, int offset, int size);

    /// <summary>What is passed for a buffer that is a view of a larger memory.</summary>
    public abstract string ViewArgument(string name, string memory, int offset);

    /// <summary>What is passed for one sample's part of the caller's memory.</summary>
    public abstract string SampleArgument(string memory, int size);

    /// <summary>What is passed for a buffer that the method itself was given.</summary>
    public abstract string PassOn(string name);

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
            case Function.Abs:
                return $"global::System.Math.Abs({x})";
            default:
                return $"{cast}{math}{function}({x})";
        }
    }

    /// <summary>Marks a helper as called.</summary>
    public void Use(Helper helper)
    {
        _helpers.Add(helper);
        foreach (Helper needed in Helpers.Needs(helper))
            Use(needed);
    }
}
