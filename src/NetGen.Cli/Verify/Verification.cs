using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NetGen.Cli.Runs;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Passes;
using NetGen.Reference;
using NetGen.Training;
using YamlDotNet.Core;

namespace NetGen.Cli.Verify;

/// <summary>Compares the generated code of a network with the float64 reference: outputs by each member, layers, gradients.</summary>
internal sealed class Verification
{
    /// <summary>Of a batch, unless stated: odd, so that no block of samples is filled.</summary>
    private const int UsualSamples = 9;

    /// <summary>Multiply-adds that the reference may take for the outputs, and for gradients as many again: some seconds.</summary>
    private const long Budget = 400_000_000;

    private readonly VerificationRequest _request;
    private readonly CancellationToken _cancelled;
    private readonly Network _network;
    private readonly ReferenceNetwork _reference;
    private readonly GeneratedCode _code;
    private readonly WeightsInfo _info;
    private readonly string _weights;
    private readonly int _seed;
    private readonly Costs _costs;
    private readonly long _work;

    private Verification(VerificationRequest request, CancellationToken cancelled)
    {
        (_request, _cancelled, _network) = (request, cancelled, request.Spec.Network);
        _seed = request.Seed ?? _network.Seed;
        _reference = Parse(request.Spec);
        _costs = Costs.Of(_network);
        _work = _costs.Layers.Sum(WorkOf);
        _code = request.Compile(request.Spec, request.Seed, cancelled);
        (_info, _weights) = LoadWeights();
        foreach (NetworkParameter parameter in _code.ParameterTable)
            ParameterValues.Of(parameter, _code.Parameters).CopyTo(_reference.Parameters[parameter.Name], 0);
    }

    /// <summary>Compares.</summary>
    /// <exception cref="RunException">Something that was given cannot be compared.</exception>
    public static VerificationResult Run(VerificationRequest request, CancellationToken cancelled) => new Verification(request, cancelled).Run();

    private VerificationResult Run()
    {
        int samples = _request.Samples ?? (int)Math.Clamp(Budget / (2 * _work), 2, UsualSamples);
        List<string> notes = [];
        (float[] inputs, string from, (double[] Outputs, double[][][] Layers) right) = Inputs(samples);
        samples = inputs.Length / _network.Input.Size;
        if (_request.Samples is null && samples < UsualSamples && _request.Inputs is null)
            notes.Add($"{samples} samples instead of {UsualSamples}, since one takes the reference long; --samples says how many");
        if (_network.Weights is { Storage: not Storage.Float32 } halves)
            notes.Add($"weights are compared as floats, and not as {halves.Storage.ToString().ToLowerInvariant()}, in which a build keeps them");
        IReadOnlyList<MemberErrors> members = new MemberChecks(_network, _reference, _code, inputs, right.Outputs).Run(notes);
        _cancelled.ThrowIfCancellationRequested();
        IReadOnlyList<LayerErrors> byLayer = LayerChecks.Run(_request, _code, _reference, inputs, right.Layers, _cancelled);
        _cancelled.ThrowIfCancellationRequested();
        GradientErrors? gradients = _network.Loss is null ? null : Gradients(inputs, notes);
        return new VerificationResult
        {
            Spec = _request.Spec.Path,
            Weights = _weights,
            Inputs = from,
            Samples = samples,
            Parameters = _network.ParameterCount,
            MultiplyAdds = _costs.MultiplyAdds,
            Members = members,
            Layers = byLayer,
            Gradients = gradients,
            Notes = notes,
        };
    }

    private (float[] Values, string From, (double[], double[][][]) Right) Inputs(int samples)
    {
        (double[] Outputs, double[][][] Layers) Right(float[] values) => _reference.ForwardWithLayers(Array.ConvertAll(values, static x => (double)x));
        if (_request.Inputs is { } given)
        {
            float[] values = given(_info, samples);
            return values.Length > 0 ? (values, _request.InputsFrom, Right(values)) : throw new RunException($"{_request.InputsFrom}: there is no sample");
        }

        float[] drawn = DrawnSamples.Inputs(_network, _reference, _seed, samples);
        (double[] Outputs, double[][][]) right = Right(drawn);
        string from = $"drawn from the seed {_seed}";
        if (right.Outputs.All(double.IsFinite))
            return (drawn, from, right);
        float[] positive = DrawnSamples.Inputs(_network, _reference, _seed, samples, isPositive: true);
        (double[] Outputs, double[][][]) rightOfPositive = Right(positive);
        return rightOfPositive.Outputs.All(double.IsFinite) ? (positive, $"{from}, none below 0, where outputs are no numbers", rightOfPositive) : (drawn, from, right);
    }

    private GradientErrors Gradients(float[] inputs, List<string> notes)
    {
        // Forward and backward take the reference some four times as long as forward alone.
        int samples = Math.Min(inputs.Length / _network.Input.Size, _request.Samples ?? (int)Math.Clamp(Budget / (8 * _work), 2, UsualSamples));
        var checks = new GradientChecks(_network, _reference, _code, _seed, _cancelled) { CanDraw = _request.Inputs is null, DifferenceCost = DifferenceCost(samples), DifferenceBudget = 3 * Budget };
        return checks.Run(inputs[..(samples * _network.Input.Size)], notes);
    }

    /// <summary>What a central difference by an element of a parameter costs: a few times all that stands behind its layer.</summary>
    private Func<string, long> DifferenceCost(int samples)
    {
        var costs = new Dictionary<string, long>();
        long behind = _network.L2 == 0 ? 0 : _network.ParameterCount;
        foreach (LayerCosts layer in _costs.Layers.Reverse())
        {
            behind += WorkOf(layer);
            costs.Add(layer.Name, 5 * samples * behind);
        }

        return parameter => costs[parameter[..parameter.LastIndexOf('.')]];
    }

    // A value that no product makes costs something too.
    private static long WorkOf(LayerCosts layer) => layer.MultiplyAdds + layer.ValueBytes;

    private (WeightsInfo Info, string From) LoadWeights()
    {
        LoadedSpec spec = _request.Spec;
        string? own = spec.Network.Weights is { } option ? Path.Combine(Path.GetDirectoryName(spec.Path) ?? "", option.Path) : null;
        if ((_request.Weights ?? own) is not { } path)
        {
            ParameterValues.Spread(_code.ParameterTable, _code.Parameters, _seed);
            return (new WeightsInfo(), $"drawn from the seed {_seed}");
        }

        WeightNames? names = own is not null && Path.GetFullPath(path) == Path.GetFullPath(own) && spec.Network.Weights is { } named
            ? new WeightNames { Prefix = named.Prefix, Names = named.Names.ToDictionary(static n => n.Layer, static n => n.Name) }
            : null;
        WeightsInfo info = _code.Load(path, names);
        foreach (NetworkParameter parameter in _code.ParameterTable)
        {
            double[] values = ParameterValues.Of(parameter, _code.Parameters);
            int place = Array.FindIndex(values, static v => !double.IsFinite(v));
            if (place >= 0)
                throw new RunException(FormattableString.Invariant($"{path}: element {place} of {parameter.Name} is {values[place]}, with which nothing can be compared; take the weights of a run that ended well"));
        }

        return (info, path);
    }

    private static ReferenceNetwork Parse(LoadedSpec spec)
    {
        try
        {
            return ReferenceNetwork.Parse(spec.Text);
        }
        catch (Exception e) when (e is NotSupportedException or YamlException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            throw new RunException($"{spec.Path}: the reference cannot read it, so that there is nothing to compare with: {e.Message}", e);
        }
    }
}
