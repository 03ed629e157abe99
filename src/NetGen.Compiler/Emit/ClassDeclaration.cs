using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Emit;

/// <summary>The partial class that the generated code completes.</summary>
/// <param name="Namespace">Its namespace, or null for the global one.</param>
/// <param name="Containing">The partial types around it, outermost first.</param>
/// <param name="Name">Its name, as in metadata (without <c>@</c>).</param>
/// <param name="Taken">Those of <see cref="PrivateNames"/>, and of the names in their place, that mean something where the class stands, and those of
/// <see cref="MissingMembers"/> and of <see cref="PublicNames.OfParts"/> that it has.</param>
internal sealed record ClassDeclaration(
    string? Namespace, EquatableArray<ContainingType> Containing, string Name, EquatableArray<string> Taken)
{
    /// <summary>
    /// Lines for the header of a file that stands alone: what it was made of, and how to make it again. The class is then declared there alone, and public;
    /// else nothing.
    /// </summary>
    public EquatableArray<string> Origin { get; init; }

    /// <summary>The class that holds what networks share, as C# names it from anywhere; null where the file holds it itself.</summary>
    public string? Helpers { get; init; }

    /// <summary>A private name that means nothing where the class stands.</summary>
    public string Free(string name) => PrivateNames.Free(name, n => n == Name || Taken.Contains(n));

    /// <summary>How the class begins.</summary>
    public string Keywords => Origin.Count == 0 ? "partial class" : "public sealed partial class";

    /// <summary>The fully qualified metadata name, <c>My.App.Outer+Digits</c>.</summary>
    public string MetadataName =>
        (Namespace is null ? "" : Namespace + ".") + string.Concat(Containing.Select(static c => c.Name + "+")) + Name;

    /// <summary>The namespace as C# writes it.</summary>
    public string? CSharpNamespace => Namespace is null ? null : string.Join(".", Namespace.Split('.').Select(CSharpLiteral.Identifier));

    /// <summary>The class as C# names it from anywhere: <c>global::My.App.Outer.Digits</c>.</summary>
    public string GlobalName => "global::" + (Namespace is null ? "" : CSharpNamespace + ".")
        + string.Concat(Containing.Select(static c => CSharpLiteral.Identifier(c.Name) + ".")) + CSharpLiteral.Identifier(Name);
}

/// <param name="Keyword"><c>class</c>, <c>struct</c>, <c>record</c>, <c>record struct</c> or <c>interface</c>.</param>
/// <param name="Name">The type's name, as in metadata.</param>
internal sealed record ContainingType(string Keyword, string Name);
