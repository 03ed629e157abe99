using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Emit;

/// <summary>
/// The file that holds what the networks of a project share. Their private classes of kernels derive from its class, so that they find its members before
/// anything that the user has called so.
/// </summary>
internal static class SharedHelpers
{
    private const string ClassName = "NetGenHelpers";

    public const string HintName = "NetGen.Generated.Helpers.g.cs";

    /// <summary>
    /// The class, as C# names it from anywhere. Its namespace holds the assembly's name: an assembly that sees another's internals still has its own.
    /// </summary>
    public static string GlobalName(string? assembly) => $"global::{NamespaceOf(assembly)}.{ClassName}";

    /// <param name="taken">Names of aliases that mean something in the project.</param>
    public static string Write(HelperNeeds needs, string? assembly, Target target, IReadOnlyCollection<string> taken)
    {
        var declaration = new ClassDeclaration(NamespaceOf(assembly), default, ClassName, taken.ToEquatable());
        return Skeleton.WriteShared(declaration, target, Dialect.For(target).Aliases, w =>
        {
            var helpers = new CodeWriter();
            needs.Emit(helpers, target);
            w.Line(helpers.ToString().Trim('\n'));
        });
    }

    private static string NamespaceOf(string? assembly) =>
        "NetGen.Generated." + string.Join(".", (assembly is null or "" ? "Assembly" : assembly).Split('.').Select(Identifier));

    /// <summary>What no identifier may hold is written by its number, so that <c>a-b</c> and <c>a_b</c> differ.</summary>
    private static string Identifier(string part)
    {
        string name = string.Concat(part.Select(static c => char.IsLetterOrDigit(c) || c == '_' ? c.ToString() : System.FormattableString.Invariant($"_{(int)c:x2}")));
        return name.Length == 0 || char.IsDigit(name[0]) ? "_" + name : CSharpLiteral.IsKeyword(name) ? "_" + name : name;
    }
}
