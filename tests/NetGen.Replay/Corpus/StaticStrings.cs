using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace NetGen.Replay.Corpus;

/// <summary>
/// The strings that an assembly's classes make when they are initialized: those in static fields, alone or in collections, and in the rows of theories.
/// Most specs of the numeric tests are there, made by interpolation, so that no file holds them.
/// </summary>
internal static class StaticStrings
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <param name="failed">Called with each member that could not be read.</param>
    public static IEnumerable<FoundText> Of(Assembly assembly, Action<string> failed) =>
        from type in assembly.GetTypes().OrderBy(static type => type.FullName, StringComparer.Ordinal)
        where !type.ContainsGenericParameters && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        from member in Members(type)
        from found in Strings(Read(member, failed), type.Name, "")
        select found;

    private static IEnumerable<MemberInfo> Members(Type type) =>
    [
        .. type.GetFields(Static).Where(static field => !field.IsLiteral && HoldsStrings(field.FieldType)),
        .. type.GetProperties(Static).Where(static property => IsTheoryData(property.PropertyType)),
    ];

    private static object? Read(MemberInfo member, Action<string> failed)
    {
        try
        {
            return member is FieldInfo field ? field.GetValue(null) : ((PropertyInfo)member).GetValue(null);
        }
        catch (Exception e) when (e is TargetInvocationException or TypeInitializationException)
        {
            failed($"{member.DeclaringType!.Name}.{member.Name}");
            return null;
        }
    }

    private static bool HoldsStrings(Type type) =>
        type == typeof(string) || IsCompiledSpecs(type)
        || (type.IsArray && HoldsStrings(type.GetElementType()!))
        || (type.IsGenericType && (type.IsAssignableTo(typeof(IEnumerable)) || type.IsAssignableTo(typeof(ITuple)))
            && type.GetGenericArguments().Any(HoldsStrings));

    private static bool IsTheoryData(Type type) =>
        type.IsGenericType && type.Name.StartsWith("TheoryData`", StringComparison.Ordinal) && type.GetGenericArguments().Contains(typeof(string));

    /// <summary>The tests' class of specs that are compiled together. By its name: this tool does not refer to the tests, and they do to it.</summary>
    private static bool IsCompiledSpecs(Type type) => type.Name == "CompiledSpecs";

    /// <param name="value">What may hold strings.</param>
    /// <param name="name">What it is called there.</param>
    private static IEnumerable<FoundText> Strings(object? value, string type, string name) => value switch
    {
        null => [],
        string text => [new FoundText(name.Length == 0 ? type : $"{type}[{name}]", text)],
        IDictionary dictionary => dictionary.Keys.Cast<object>().SelectMany(key => Strings(dictionary[key], type, $"{key}")),
        ITuple tuple => Items(tuple).SelectMany(item => Strings(item, type, Name(tuple) ?? name)),
        IEnumerable items => items.Cast<object?>().SelectMany((item, k) => Strings(item, type, name.Length == 0 ? $"{k}" : name)),
        _ when IsCompiledSpecs(value.GetType()) => CompiledSpecs(value, type),
        _ => [],
    };

    private static string? Name(ITuple tuple) => Items(tuple).OfType<string>().FirstOrDefault(static s => !s.Contains('\n'));

    private static IEnumerable<object?> Items(ITuple tuple) => Enumerable.Range(0, tuple.Length).Select(k => tuple[k]);

    private static IEnumerable<FoundText> CompiledSpecs(object specs, string type)
    {
        MethodInfo spec = specs.GetType().GetMethod("Spec")!;
        return ((IEnumerable<string>)specs.GetType().GetProperty("Names")!.GetValue(specs)!)
            .Select(name => new FoundText($"{type}[{name}]", (string)spec.Invoke(specs, [name])!));
    }
}
