using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using NetGen.Compiler.Baking;
using Xunit;

namespace NetGen.Generator.Tests.Harness;

/// <summary>Walks what the generator's steps keep between runs: plain data, and nothing that keeps a compilation alive.</summary>
internal static class ModelWalker
{
    public static void AssertPlainData(GeneratorRunResult result)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        foreach ((string step, var runs) in result.TrackedSteps)
        {
            if (typeof(Steps).GetField(step) is null)
                continue;
            foreach ((object value, _) in runs.SelectMany(static run => run.Outputs))
                Walk(value, step, seen);
        }
    }

    private static void Walk(object? value, string path, HashSet<object> seen)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
            return;
        Type type = value.GetType();
        Assert.False(
            value is ISymbol or SyntaxNode or SyntaxTree or SyntaxToken or SyntaxReference or Location or Compilation or SemanticModel
                or AttributeData or AdditionalText or Delegate,
            $"{path} keeps a {type}");
        Assert.True(
            type.GetMethod("Equals", [typeof(object)])!.DeclaringType != typeof(object) || type.IsArray,
            $"{path} keeps a {type}, which does not compare by value");

        if (value is IEnumerable items)
        {
            foreach (object? item in items)
                Walk(item, path + "[]", seen);
            return;
        }

        // These compare by a file's hash; what else they hold is read from that file.
        if (value is Handover or BakedWeights)
            return;
        for (Type? t = type; t is not null && t != typeof(object); t = t.BaseType)
        {
            foreach (FieldInfo field in t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                Walk(field.GetValue(value), $"{path}.{field.Name}", seen);
        }
    }
}
