using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Generator.Reading;

/// <summary>Reads an attribute's arguments as the entries of a map, those of the constructor first.</summary>
internal static class ArgumentReader
{
    public static IReadOnlyList<SpecEntry> Read(NetGenAttribute attribute)
    {
        AttributeArgumentSyntax[] written = [.. attribute.Syntax.ArgumentList?.Arguments ?? default];
        AttributeArgumentSyntax[] positional = [.. written.Where(static a => a.NameEquals is null)];
        List<SpecEntry> entries = [];

        ImmutableArray<IParameterSymbol> parameters = attribute.Data.AttributeConstructor!.Parameters;
        for (int i = 0; i < parameters.Length; i++)
        {
            AttributeArgumentSyntax[] arguments = ArgumentsOf(parameters[i], i, positional);
            if (arguments.Length == 0)
                continue;
            SourceSpan span = SpanOf(arguments[0].Expression, arguments[arguments.Length - 1].Expression);
            var key = new Spanned<string>(SpecNames.ToSnakeCase(Pascal(parameters[i].Name)), span);
            entries.Add(new SpecEntry(
                key, ReadValue(attribute.Data.ConstructorArguments[i], [.. arguments.Select(static a => a.Expression)])));
        }

        foreach (AttributeArgumentSyntax argument in written.Where(static a => a.NameEquals is not null))
        {
            string name = argument.NameEquals!.Name.Identifier.ValueText;
            TypedConstant value = attribute.Data.NamedArguments.First(a => a.Key == name).Value;
            var key = new Spanned<string>(
                SpecNames.ToSnakeCase(name), SourceLocation.SpanOf(argument.NameEquals.Name.GetLocation()));
            entries.Add(new SpecEntry(key, ReadValue(value, [argument.Expression])));
        }

        return entries;
    }

    private static string Pascal(string camel) => char.ToUpperInvariant(camel[0]) + camel.Substring(1);

    private static AttributeArgumentSyntax[] ArgumentsOf(
        IParameterSymbol parameter, int ordinal, AttributeArgumentSyntax[] positional)
    {
        AttributeArgumentSyntax[] named =
            [.. positional.Where(a => a.NameColon?.Name.Identifier.ValueText == parameter.Name)];
        if (named.Length > 0)
            return named;
        AttributeArgumentSyntax[] unnamed = [.. positional.Where(static a => a.NameColon is null).Skip(ordinal)];
        return parameter.IsParams ? unnamed : [.. unnamed.Take(1)];
    }

    /// <param name="written">The expression, or those of a <c>params</c> array.</param>
    private static SpecValue ReadValue(TypedConstant value, ExpressionSyntax[] written)
    {
        SourceSpan span = SpanOf(written[0], written[written.Length - 1]);
        if (value.Kind != TypedConstantKind.Array || value.IsNull)
            return ReadScalar(value, span);

        ExpressionSyntax[] elements = ElementsOf(written, value.Values.Length);
        return new ListValue(
            value.Values.Select((v, i) => ReadScalar(v, i < elements.Length ? SpanOf(elements[i], elements[i]) : span))
                .ToEquatable<SpecValue>(),
            span);
    }

    /// <summary>The elements of an array as they are written, where each has its own expression.</summary>
    private static ExpressionSyntax[] ElementsOf(ExpressionSyntax[] written, int count)
    {
        ExpressionSyntax[] elements = written.Length == 1 && InitializerOf(written[0]) is { } initializer
            ? [.. initializer.Expressions]
            : written;
        return elements.Length == count ? elements : [];
    }

    private static InitializerExpressionSyntax? InitializerOf(ExpressionSyntax array) => array switch
    {
        ArrayCreationExpressionSyntax created => created.Initializer,
        ImplicitArrayCreationExpressionSyntax created => created.Initializer,
        _ => null,
    };

    private static ScalarValue ReadScalar(TypedConstant value, SourceSpan span) => value switch
    {
        { IsNull: true } => new ScalarValue("null", IsPlain: true, span),
        { Kind: TypedConstantKind.Enum } => new ScalarValue(WordOf(value), IsPlain: true, span),
        { Value: string text } => new ScalarValue(text, IsPlain: false, span),
        { Value: char letter } => new ScalarValue(letter.ToString(), IsPlain: false, span),
        { Value: bool flag } => new ScalarValue(flag ? "true" : "false", IsPlain: true, span),
        { Value: float number } => new ScalarValue(NumberOf(number), IsPlain: true, span),
        { Value: double number } => new ScalarValue(NumberOf((float)number), IsPlain: true, span),
        { Kind: TypedConstantKind.Primitive, Value: IFormattable number } =>
            new ScalarValue(number.ToString(null, CultureInfo.InvariantCulture), IsPlain: true, span),
        _ => new ScalarValue(value.Value?.ToString() ?? "", IsPlain: false, span),
    };

    /// <summary>The enum's member as YAML writes it; a number that is no member stays one.</summary>
    private static string WordOf(TypedConstant value)
    {
        ISymbol? member = value.Type!.GetMembers().FirstOrDefault(m => m is IFieldSymbol { HasConstantValue: true } field
            && Equals(field.ConstantValue, value.Value));
        return member is null
            ? ((IFormattable)value.Value!).ToString(null, CultureInfo.InvariantCulture)
            : SpecNames.ToSnakeCase(member.Name);
    }

    /// <summary>The shortest digits that give the number again, and YAML's names for what has none.</summary>
    private static string NumberOf(float number) => number switch
    {
        float.NaN => ".nan",
        float.PositiveInfinity => ".inf",
        float.NegativeInfinity => "-.inf",
        _ => CSharpLiteral.Shortest(number),
    };

    private static SourceSpan SpanOf(ExpressionSyntax first, ExpressionSyntax last) => SourceLocation.SpanOf(
        Location.Create(first.SyntaxTree, Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(first.SpanStart, last.Span.End)));
}
