using System;
using System.Linq;
using System.Reflection;

namespace NetGen.Testing.Generated;

/// <summary>Finds a generated type's members by name and signature. An absent one is null: not every network has them all.</summary>
internal sealed class MemberBinder(Type type, object? instance, bool hasSpan)
{
    /// <summary>
    /// The method as <typeparamref name="TSpan"/>: bound as it is where the target has spans, else bound as
    /// <typeparamref name="TArray"/> and wrapped.
    /// </summary>
    public TSpan? Method<TSpan, TArray>(string name, Func<TArray, TSpan> wrap)
        where TSpan : Delegate
        where TArray : Delegate
    {
        if (hasSpan)
            return Method<TSpan>(name);
        return Method<TArray>(name) is TArray method ? wrap(method) : null;
    }

    public T? Method<T>(string name) where T : Delegate
    {
        MethodInfo invoke = typeof(T).GetMethod("Invoke")!;
        MethodInfo? method = type.GetMethod(
            name,
            BindingFlags.Public | BindingFlags.DeclaredOnly | (instance is null ? BindingFlags.Static : BindingFlags.Instance),
            [.. invoke.GetParameters().Select(p => p.ParameterType)]);
        if (method is null)
            return null;
        if (method.ReturnType != invoke.ReturnType)
            throw new MissingMethodException($"{type}.{name} returns {method.ReturnType} instead of {invoke.ReturnType}");
        return (T)(instance is null ? Delegate.CreateDelegate(typeof(T), method) : Delegate.CreateDelegate(typeof(T), instance, method));
    }

    public SpanProperty? Span(string name) => Method<SpanProperty, ArrayProperty>("get_" + name, ArrayMethods.Wrap);

    /// <summary>A public constant.</summary>
    public int? Constant(string name) =>
        (int?)type.GetField(name, BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)?.GetRawConstantValue();

    /// <summary>A member that a test asked for.</summary>
    public static T Require<T>(T? member, string name) where T : class =>
        member ?? throw new MissingMemberException($"the generated class has no such member {name}");

    public static int Require(int? constant, string name) =>
        constant ?? throw new MissingMemberException($"the generated class has no such constant {name}");
}
