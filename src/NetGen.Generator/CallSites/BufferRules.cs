using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;
using static System.FormattableString;

namespace NetGen.Generator.CallSites;

/// <summary>What is wrong with the lengths of the buffers of a call: one report for each mistake.</summary>
/// <remarks>
/// The properties of a report are <c>member</c>, <c>argument</c>, <c>constant</c> (<c>Digits.InputSize</c>), <c>samples</c> where they are more than one, and
/// <c>size</c>, the expression that fits. The first of the additional locations is the expression of the size where there is one; of swapped buffers, the other
/// one.
/// </remarks>
internal sealed class BufferRules(GeneratedCall call, LengthReader reader)
{
    private readonly Dictionary<string, KnownLength> _known = [];
    private readonly Needs _needs = new(call);

    public IEnumerable<Diagnostic> Check()
    {
        foreach (IArgumentOperation argument in call.Operation.Arguments)
        {
            if (argument.Parameter is { } parameter && (argument.ArgumentKind == ArgumentKind.DefaultValue ? IsScratch(parameter) ? new KnownLength(0) : null : reader.Read(argument.Value)) is { } length)
                _known[parameter.Name] = length;
        }

        if (_known.Count == 0)
            return [];
        Dictionary<string, long> lengths = _known.ToDictionary(static k => k.Key, static k => k.Value.Value);
        List<Need> unmet = _needs.Unmet(lengths);
        if (unmet.Count == 0)
            return [];
        return Swapped(lengths) is { } swapped ? [swapped] : unmet.Select(need => OfKind(need, lengths) ?? OfLength(need));
    }

    private static bool IsScratch(IParameterSymbol parameter) => parameter.Name == "scratch";

    private Diagnostic OfLength(Need need)
    {
        KnownLength given = _known[need.Parameter];
        IArgumentOperation argument = call.Argument(need.Parameter)!;
        ImmutableDictionary<string, string?> properties = Properties(need);
        if (argument.ArgumentKind == ArgumentKind.DefaultValue)
        {
            return Diagnostic.Create(Descriptors.BufferLength, NameLocation(), properties,
                $"{call.Member} is called without scratch, but {need.Reason}; pass scratch: new float[{need.Size}]");
        }

        string length = given.Value == 0 ? "is empty" : Invariant($"has length {given.Value}");
        return Diagnostic.Create(Descriptors.BufferLength, LocationOf(argument), given.Size is { } size ? [size.GetLocation()] : [], properties,
            $"{need.Parameter} {length}, but {need.Reason}; {need.Remedy(given)}");
    }

    /// <summary>Two buffers that fit in each other's places.</summary>
    private Diagnostic? Swapped(Dictionary<string, long> lengths)
    {
        string[] names = [.. call.Operation.Arguments
            .Where(a => a.ArgumentKind != ArgumentKind.DefaultValue && a.Parameter is { Name: not "labels" } p && lengths.ContainsKey(p.Name))
            .OrderBy(static a => a.Syntax.SpanStart)
            .Select(static a => a.Parameter!.Name)];
        for (int a = 0; a < names.Length; a++)
        {
            for (int b = a + 1; b < names.Length; b++)
            {
                if (lengths[names[a]] == lengths[names[b]] || !IsTelling(names[a], names[b]))
                    continue;
                Dictionary<string, long> exchanged = new(lengths) { [names[a]] = lengths[names[b]], [names[b]] = lengths[names[a]] };
                if (_needs.Unmet(exchanged).Count > 0)
                    continue;
                IArgumentOperation first = call.Argument(names[a])!, second = call.Argument(names[b])!;
                return Diagnostic.Create(Descriptors.SwappedBuffers, LocationOf(first), [LocationOf(second)],
                    ImmutableDictionary<string, string?>.Empty.Add("member", call.Member).Add("argument", names[a]).Add("other", names[b]),
                    Invariant($"{names[a]} has length {lengths[names[a]]} and {names[b]} {lengths[names[b]]}, which fit {call.Network.Symbol.Name} the other way round; exchange {first.Value.Syntax} and {second.Value.Syntax}"));
            }
        }

        return null;
    }

    /// <summary>Anything long enough fits the scratch, so that only an exact length beside it says something.</summary>
    private static bool IsTelling(string a, string b) =>
        (a != "scratch" && b != "scratch") || a is "parameters" or "gradients" or "state" || b is "parameters" or "gradients" or "state";

    /// <summary>One float for each sample where class indices were meant, or the other way round.</summary>
    private Diagnostic? OfKind(Need need, Dictionary<string, long> lengths)
    {
        NetworkType network = call.Network;
        if (_needs.Samples(lengths) is not { } samples || samples == 0 || network.OutputSize == 1 || network.LabelLoss is null)
            return null;
        long length = lengths[need.Parameter];
        string of = Needs.Of(samples), name = network.Symbol.Name;
        string? message = need.Parameter switch
        {
            "targets" when length == samples * (network.LabelsPerSample ?? 1) => length == samples
                ? Invariant($"targets has 1 float for each of {of}, but {name} takes {network.OutputSize}, or a class index as an int; pass int labels, or {need.Size} floats")
                : Invariant($"targets has {length / samples} floats for each of {of}, but {name} takes {network.OutputSize}, or as many class indices as ints; pass int labels, or {need.Size} floats"),
            "labels" when network.LabelsPerSample is { } each && length == samples * network.OutputSize => each == 1
                ? Invariant($"labels has {network.OutputSize} ints for each of {of}, but {name} takes one class index; pass {(samples == 1 ? "the index" : Invariant($"{samples} indices"))}, or float targets")
                : Invariant($"labels has {network.OutputSize} ints for each of {of}, but {name} takes {each} class indices; pass {samples * each} indices, or float targets"),
            _ => null,
        };
        return message is null ? null
            : Diagnostic.Create(Descriptors.TargetKind, LocationOf(call.Argument(need.Parameter)!), Properties(need), message.Replace("each of the one sample", "the one sample"));
    }

    private ImmutableDictionary<string, string?> Properties(Need need)
    {
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty.Add("member", call.Member).Add("argument", need.Parameter);
        if (need.Constant is not null)
            properties = properties.Add("constant", need.Constant);
        if (need.Samples > 1)
            properties = properties.Add("samples", Invariant($"{need.Samples}"));
        return need.Size is { } size ? properties.Add("size", size) : properties;
    }

    public static Location LocationOf(IArgumentOperation argument) => argument.Syntax is ArgumentSyntax syntax ? syntax.Expression.GetLocation() : argument.Value.Syntax.GetLocation();

    private Location NameLocation() => call.Operation.Syntax is InvocationExpressionSyntax { Expression: var called }
        ? (called is MemberAccessExpressionSyntax access ? access.Name : called).GetLocation() : call.Operation.Syntax.GetLocation();
}
