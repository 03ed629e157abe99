using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.Reading;

/// <summary>One of NetGen's attributes: its syntax for the places, its data for the values.</summary>
internal sealed record NetGenAttribute(AttributeSyntax Syntax, AttributeData Data)
{
    /// <summary>The name without the suffix, <c>MaxPool2D</c>.</summary>
    public string Name
    {
        get
        {
            string name = Data.AttributeClass!.Name;
            const string suffix = "Attribute";
            return name.EndsWith(suffix, System.StringComparison.Ordinal)
                ? name.Substring(0, name.Length - suffix.Length)
                : name;
        }
    }

    /// <summary>What part of a network it is, by its base class: <c>LayerAttribute</c>, <c>LossAttribute</c>, …; null if it is none of NetGen's.</summary>
    public string? BaseName => BaseNameOf(Data.AttributeClass!);

    /// <summary>The nearest base that says it: what several layers have in common may stand in a class between.</summary>
    public static string? BaseNameOf(INamedTypeSymbol attribute)
    {
        for (INamedTypeSymbol? type = attribute.BaseType; type is not null; type = type.BaseType)
        {
            if (type.Name is "SpecAttribute" or "LayerAttribute" or "LossAttribute" or "OptimizerAttribute")
                return type.Name;
        }

        return null;
    }

    /// <summary>It holds the recurrent layer behind it.</summary>
    public bool HoldsNext => Name == "Bidirectional" && BaseName == "LayerAttribute";

    /// <summary>It is a recurrent layer.</summary>
    public bool IsRecurrent => Data.AttributeClass!.BaseType?.Name == "RecurrentAttribute";

    public Location Location => Syntax.GetLocation();

    /// <summary>C# has found something wrong with it, and its values are not to be trusted.</summary>
    public bool HasErrors =>
        Data.AttributeConstructor is null
        // A property that does not exist is left out of the data.
        || Data.NamedArguments.Length != (Syntax.ArgumentList?.Arguments.Count(static a => a.NameEquals is not null) ?? 0)
        || Data.ConstructorArguments.Any(IsError)
        || Data.NamedArguments.Any(static a => IsError(a.Value));

    private static bool IsError(TypedConstant constant) =>
        constant.Kind == TypedConstantKind.Error
        || (constant is { Kind: TypedConstantKind.Array, IsNull: false } && constant.Values.Any(IsError));
}

/// <summary>NetGen's attributes on a class. Those of others do not count.</summary>
/// <param name="Network"><c>[Network]</c> itself.</param>
/// <param name="Here">The others on the declaration that carries it, in the order of the text.</param>
/// <param name="Elsewhere">Those on other declarations of the class.</param>
internal sealed record NetGenAttributes(
    NetGenAttribute Network, IReadOnlyList<NetGenAttribute> Here, IReadOnlyList<NetGenAttribute> Elsewhere)
{
    public bool HaveErrors => Network.HasErrors || Here.Any(static a => a.HasErrors);

    public static NetGenAttributes Of(
        INamedTypeSymbol type, TypeDeclarationSyntax declaration, AttributeData network, CancellationToken cancellation)
    {
        List<NetGenAttribute> here = [];
        List<NetGenAttribute> elsewhere = [];
        foreach (AttributeData data in type.GetAttributes())
        {
            // The attributes that come with NetworkAttribute: a user may well have a namespace called NetGen too.
            if (!SymbolEqualityComparer.Default.Equals(data.AttributeClass?.ContainingNamespace, network.AttributeClass!.ContainingNamespace)
                || !SymbolEqualityComparer.Default.Equals(data.AttributeClass?.ContainingAssembly, network.AttributeClass.ContainingAssembly)
                || SymbolEqualityComparer.Default.Equals(data.AttributeClass, network.AttributeClass)
                || NetGenAttribute.BaseNameOf(data.AttributeClass!) is null
                || data.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax syntax)
            {
                continue;
            }

            (syntax.Parent?.Parent == declaration ? here : elsewhere).Add(new NetGenAttribute(syntax, data));
        }

        here.Sort(static (a, b) => a.Syntax.SpanStart.CompareTo(b.Syntax.SpanStart));
        var networkSyntax = (AttributeSyntax)network.ApplicationSyntaxReference!.GetSyntax(cancellation);
        return new NetGenAttributes(new NetGenAttribute(networkSyntax, network), here, elsewhere);
    }
}
