using System;
using System.Collections.Generic;
using static System.FormattableString;

namespace NetGen.Generator.CallSites;

/// <summary>What the lengths of one call must be: the checks that the member itself begins with, on those lengths that are known.</summary>
internal sealed class Needs(GeneratedCall call)
{
    private readonly NetworkType _network = call.Network;

    /// <summary>The buffers whose length, by parameter, is certain to be refused.</summary>
    public List<Need> Unmet(IReadOnlyDictionary<string, long> lengths)
    {
        List<Need> needs = [];
        long? samples = Samples(lengths);
        foreach (KeyValuePair<string, long> buffer in lengths)
        {
            if (call.PartOf(buffer.Key) is { } part)
            {
                if (PartNeed(buffer.Key, buffer.Value, part, lengths) is { } ofPart)
                    needs.Add(ofPart);
            }
            else if (NeedOf(buffer.Key, buffer.Value, samples, lengths) is { } need)
                needs.Add(need);
        }

        return needs;
    }

    /// <summary>How many samples the inputs hold; null where that is unknown, or no whole number.</summary>
    public long? Samples(IReadOnlyDictionary<string, long> lengths) =>
        lengths.TryGetValue("inputs", out long length) && length % _network.InputSize == 0 ? length / _network.InputSize : null;

    private Need? NeedOf(string parameter, long length, long? samples, IReadOnlyDictionary<string, long> lengths) => parameter switch
    {
        "parameters" => Exactly(parameter, length, "ParameterBufferSize", "has", "of parameters"),
        "gradients" => Exactly(parameter, length, "ParameterBufferSize", "has", "of gradients"),
        "state" when call.Member == "Step" => Exactly(parameter, length, "StateSize", "keeps", "from one step to the next"),
        "state" => Exactly(parameter, length, "OptimizerStateSize", "keeps", "for its optimizer"),
        "input" => Exactly(parameter, length, "StepInputSize", "takes", "at each step"),
        "output" => Exactly(parameter, length, "StepOutputSize", "gives", "at each step"),
        "inputs" => Inputs(length, lengths),
        "outputs" => PerSample(parameter, length, samples, "gives", _network.OutputSize, "OutputSize"),
        "targets" => PerSample(parameter, length, samples, "takes targets of", _network.TargetSize, _network.TargetConstant),
        "labels" => Labels(length, samples),
        "scratch" => Scratch(length, samples ?? SamplesOfTargets(lengths)),
        _ => null,
    };

    /// <summary>Of ForwardParts: as many samples of each input and output as of the first input.</summary>
    private Need? PartNeed(string parameter, long length, (string Constant, int Size) part, IReadOnlyDictionary<string, long> lengths)
    {
        string first = call.Method.Parameters[call.Method.IsStatic ? 1 : 0].Name, constant = $"{call.Name}.{part.Constant}";
        string each = $"{_network.Symbol.Name} has {Floats(part.Size)} of {part.Constant} in each sample";
        if (parameter == first || !lengths.TryGetValue(first, out long other) || other % _network.Parts[0].Size != 0)
            return length % part.Size == 0 ? null : new Need(parameter, each, constant, length < part.Size ? 1 : 0);
        long samples = other / _network.Parts[0].Size;
        return length == samples * part.Size ? null
            : new Need(parameter, Invariant($"{each}, and {first} holds {samples} sample{(samples == 1 ? "" : "s")}"), samples == 0 ? null : constant, samples);
    }

    private Need? Exactly(string parameter, long length, string constant, string verb, string what)
    {
        int size = _network.SizeOf(constant);
        return size < 0 || length == size ? null
            : new Need(parameter, $"{_network.Symbol.Name} {verb} {Floats(size)} {what}", size == 0 ? null : $"{call.Name}.{constant}");
    }

    private Need? Inputs(long length, IReadOnlyDictionary<string, long> lengths)
    {
        bool isMissing = length == 0 && call.NeedsSamples;
        if (length % _network.InputSize == 0 && !isMissing)
            return null;
        string reason = isMissing
            ? Invariant($"{call.Member} needs at least one sample of {_network.InputSize} floats")
            : Invariant($"{_network.Symbol.Name} takes {Floats(_network.InputSize)} for each sample");
        long samples = SamplesOfTargets(lengths) ?? (length < _network.InputSize ? 1 : 0);
        return new Need("inputs", reason, $"{call.Name}.InputSize", samples);
    }

    private Need? PerSample(string parameter, long length, long? samples, string verb, int size, string name)
    {
        string constant = $"{call.Name}.{name}";
        if (samples is null or 0 && call.NeedsSamples)
            return length % size == 0 && (length > 0 || samples == 0) ? null : new Need(parameter, Each(verb, size), constant, 1);
        if (samples is not { } n)
            return length % size == 0 ? null : new Need(parameter, Each(verb, size), constant, length < size ? 1 : 0);
        return length == n * size ? null : new Need(parameter, ForAll(verb, n * size, n), n == 0 ? null : constant, n);
    }

    private Need? Labels(long length, long? samples)
    {
        int? each = _network.LabelsPerSample;
        if (samples is null or 0)
        {
            return length == 0 ? samples == 0 ? null : new Need("labels", $"{call.Member} needs at least one sample", null, 1, each ?? 1)
                : each is { } k && length % k != 0 ? new Need("labels", Invariant($"{_network.Symbol.Name} takes {k} labels for each sample"), null, 1, k) : null;
        }

        long n = samples.Value;
        if (each is { } known)
            return length == n * known ? null : new Need("labels", ForAll("takes", n * known, n, known == 1 && n == 1 ? "label" : "labels"), null, n, n * known);

        // Each sample takes as many labels as its output has positions.
        return length % n == 0 && length > 0 && _network.OutputSize % (length / n) == 0 ? null
            : new Need("labels", Invariant($"{_network.Symbol.Name} takes as many labels for each of the {n} samples of inputs"), null, n, n);
    }

    private Need? Scratch(long length, long? samples)
    {
        if (call.Member == "Step")
            return null; // Where its values stand on the stack, it needs none, whatever Forward needs.
        if (call.Member != "Backward")
        {
            int size = _network.SizeOf("ScratchSize");
            return length >= size ? null : new Need("scratch", Invariant($"{_network.Symbol.Name} needs at least {size} floats of it"), $"{call.Name}.ScratchSize");
        }

        long n = Math.Max(samples ?? 1, 1);
        if (_network.TrainingScratch(n) is not { } needed || length >= needed)
            return null;
        string on = n == 1 ? "one sample" : Invariant($"{n} samples");
        return new Need("scratch", Invariant($"{_network.Symbol.Name} needs at least {needed} floats of it to train on {on}"), Invariant($"{call.Name}.TrainingScratchSize({n})"));
    }

    /// <summary>How many samples the outputs, targets or labels are of; null where that is unknown.</summary>
    private long? SamplesOfTargets(IReadOnlyDictionary<string, long> lengths)
    {
        long size = _network.OutputSize;
        bool isOutputs = lengths.TryGetValue("outputs", out long length);
        if (!isOutputs && lengths.TryGetValue("targets", out length))
            size = _network.TargetSize;
        else if (!isOutputs)
        {
            if (!lengths.TryGetValue("labels", out length) || _network.LabelsPerSample is not { } each)
                return null;
            size = each;
        }

        return length > 0 && length % size == 0 ? length / size : null;
    }

    private string Each(string verb, int size) => $"{_network.Symbol.Name} {verb} {Floats(size)} for each sample";

    private string ForAll(string verb, long all, long samples, string what = "") =>
        Invariant($"{_network.Symbol.Name} {verb} {(what.Length > 0 ? Invariant($"{all} {what}") : Floats(all))} for {Of(samples)}");

    public static string Of(long samples) => samples == 1 ? "the one sample of inputs" : Invariant($"the {samples} samples of inputs");

    public static string Floats(long count) => count == 1 ? "1 float" : Invariant($"{count} floats");
}
