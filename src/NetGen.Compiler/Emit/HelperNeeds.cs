using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Emit;

/// <summary>
/// What a file calls of the code that is not of its network alone: helpers, functions of vectors, members of the lanes' types. Equal by value.
/// </summary>
internal sealed record HelperNeeds(EquatableArray<Helper> Helpers, EquatableArray<Function> Functions, EquatableArray<string> LanesMembers)
{
    public static readonly HelperNeeds None = new(default, default, default);

    public bool IsEmpty => Helpers.Count == 0 && Functions.Count == 0 && LanesMembers.Count == 0;

    public static HelperNeeds Of(Dialect dialect) =>
        new(dialect.UsedHelpers.ToEquatable(), dialect.UsedVectorMath.ToEquatable(), dialect.UsedLanesMembers.ToEquatable());

    /// <summary>What several files need together, in one order whatever theirs.</summary>
    public static HelperNeeds Union(IReadOnlyCollection<HelperNeeds> needs) => new(
        needs.SelectMany(static n => n.Helpers).Distinct().OrderBy(static h => h).ToEquatable(),
        needs.SelectMany(static n => n.Functions).Distinct().OrderBy(static f => f).ToEquatable(),
        needs.SelectMany(static n => n.LanesMembers).Distinct().OrderBy(static m => m, System.StringComparer.Ordinal).ToEquatable());

    /// <summary>Prints all of it.</summary>
    public void Emit(CodeWriter w, Targets.Target target)
    {
        foreach (Helper helper in Helpers)
        {
            w.Line(Dialects.Helpers.Text(helper, target));
            w.Line();
        }

        foreach (Function function in Functions)
        {
            w.Line(target.UsesPortableVectors ? PortableText.Of(function) : VectorMath.Text(function));
            w.Line();
        }

        if (target.UsesPortableVectors)
            PortableLanes.Emit(w, LanesMembers);
        else
            LanesTypes.Emit(w, LanesMembers, target.HasOldVectors);
    }
}
