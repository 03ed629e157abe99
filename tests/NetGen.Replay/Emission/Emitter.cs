using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using NetGen.Compiler;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Emit;

namespace NetGen.Replay.Emission;

/// <summary>One text: a network as it is generated for a variant.</summary>
internal static class Emitter
{
    /// <summary>Parameters of a network whose weights stand in the source; more are a resource.</summary>
    private const int MostInSource = 1000;

    /// <summary>Methods that are named where the compiler throws.</summary>
    private const int Frames = 4;

    private const string Failure = "// emission failed: ";

    private static readonly ClassDeclaration s_class = new("Generated", default, "Net", default);

    /// <summary>
    /// The generated file; where the compiler throws, what it threw: while a compiler is being changed, that is something to be compared too.
    /// </summary>
    /// <param name="network">As <see cref="NetworkCompiler.Check(string)"/> gives it.</param>
    public static string Emit(Network network, Variant variant)
    {
        try
        {
            return NetworkCompiler.Emit(network with { Unroll = variant.Unroll }, s_class, variant.Target, Weights(network));
        }
        catch (Exception e)
        {
            IEnumerable<string> at = new StackTrace(e).GetFrames().Take(Frames).Select(static frame => frame.GetMethod())
                .Select(static m => $"   at {m?.DeclaringType?.FullName}.{m?.Name}\n");
            return $"{Failure}{e.GetType().Name}: {e.Message}\n{string.Concat(at)}";
        }
    }

    /// <summary>Whether a text is no file, but what the compiler threw.</summary>
    public static bool IsFailure(string text) => text.StartsWith(Failure, StringComparison.Ordinal);

    /// <summary>Made up for networks that compile their weights in; numbers that every storage holds exactly.</summary>
    private static BakedWeights? Weights(Network network)
    {
        if (network.Weights is not { } option)
            return null;
        float[]? values = network.ParameterCount > MostInSource
            ? null
            : [.. Enumerable.Range(0, network.ParameterCount).Select(static k => ((k * 37 % 129) - 64) / 64f)];
        return new BakedWeights("weights.safetensors", "0", option.Storage, values, values is null ? "weights.bin" : null, default);
    }
}
