using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Shapes;
using NetGen.Reference;

namespace NetGen.Cli.Verify;

/// <summary>What the members give that compute outputs: <c>Forward</c> of one sample and of many, <c>ForwardParts</c>, <c>Step</c>.</summary>
/// <param name="inputs">The samples back to back.</param>
/// <param name="right">What the reference gives of them.</param>
internal sealed class MemberChecks(Network network, ReferenceNetwork reference, GeneratedCode code, float[] inputs, double[] right)
{
    private readonly int _samples = inputs.Length / network.Input.Size;
    private readonly List<MemberErrors> _errors = [];

    public IReadOnlyList<MemberErrors> Run(List<string> notes)
    {
        Add("Forward", _samples == 1 ? "1" : $"{_samples} x 1", [.. Enumerable.Range(0, _samples).SelectMany(n => code.Forward(SampleOf(n)))]);
        if (_samples > 1)
            Add("Forward", $"{_samples}", code.Forward(inputs));
        if (network.HasParts)
            AddParts();
        AddStream(notes);
        if (_errors.Sum(static e => e.Figure.NotFinite) is > 0 and long notFinite)
            notes.Add($"{notFinite} of {_errors.Sum(static e => e.Figure.Count)} numbers are infinite or NaN, on both sides");
        return _errors;
    }

    private ReadOnlySpan<float> SampleOf(int sample) => inputs.AsSpan(sample * network.Input.Size, network.Input.Size);

    /// <summary>Adds a row for each output, which stand back to back in each sample.</summary>
    private void Add(string member, string calls, float[] actual)
    {
        foreach (OutputPart output in network.Outputs)
            _errors.Add(new MemberErrors(member, calls, output.Name, ErrorFigure.Of(PartOf(right, network.Output.Size, output.Offset, output.Shape.Size), PartOf(actual, network.Output.Size, output.Offset, output.Shape.Size))));
    }

    private void AddParts()
    {
        float[][] given = [.. network.Inputs.Select(i => PartOf(inputs, network.Input.Size, i.Offset, i.Shape.Size))];
        float[][] outputs = code.ForwardParts(given, [.. network.Outputs.Select(o => _samples * o.Shape.Size)]);
        foreach ((OutputPart output, float[] actual) in network.Outputs.Zip(outputs))
            _errors.Add(new MemberErrors("ForwardParts", $"{_samples}", output.Name, ErrorFigure.Of(PartOf(right, network.Output.Size, output.Offset, output.Shape.Size), actual)));
    }

    private void AddStream(List<string> notes)
    {
        if (StepProgram.Of(network).Program is not { } step)
            return;
        if (network.Layers.FirstOrDefault(static l => l.Sources.Except(l.SourcesOfStep).Any(static s => !s.IsInput)) is { } layer)
        {
            notes.Add($"Step is not compared: a stream begins from zeros, but in a sequence the state of '{layer.Name}' begins from what another layer gives");
            return;
        }

        IEnumerable<(Layer Layer, ValueSource Input)> begun = network.Layers.SelectMany(static l => l.Sources.Except(l.SourcesOfStep).Select(s => (l, s)));
        if (begun.FirstOrDefault(b => step.Inputs[b.Input.Part] is not null) is { Layer: { } other, Input.Part: var part })
        {
            notes.Add($"Step is not compared: a stream begins from zeros, but in a sequence the state of '{other.Name}' begins from '{network.Inputs[part].Name}', which is read at each step as well");
            return;
        }

        // What only a state begins from is 0, as in a stream.
        float[] sample = SampleOf(0).ToArray();
        foreach ((InputPart input, Shape? shape) in network.Inputs.Zip(step.Inputs))
        {
            if (shape is null)
                Array.Clear(sample, input.Offset, input.Shape.Size);
        }

        double[] rightOfStream = reference.Forward(Array.ConvertAll(sample, static x => (double)x));
        int steps = network.Inputs.Zip(step.Inputs).Select(static i => TimeOf(i.First.Shape, i.Second)).Max(static t => t?.Steps ?? 1);
        IEnumerable<float[]> each = Enumerable.Range(0, steps).Select(t => network.Inputs.Zip(step.Inputs).Where(static i => i.Second is not null)
            .SelectMany(i => StepOf(sample.AsSpan(i.First.Offset, i.First.Shape.Size).ToArray(), i.First.Shape, i.Second!, t)).ToArray());
        float[][] actual = code.Stream(each);
        int offset = 0;
        foreach ((OutputPart output, Shape shape) in network.Outputs.Zip(step.Outputs))
        {
            // What is one value for all steps is right after the last.
            double[] whole = rightOfStream[output.Offset..(output.Offset + output.Shape.Size)];
            int first = TimeOf(output.Shape, shape) is null ? steps - 1 : 0, from = offset;
            _errors.Add(new MemberErrors("Step", $"{steps} steps", output.Name, ErrorFigure.Of(
                Enumerable.Range(first, steps - first).SelectMany(t => StepOf(whole, output.Shape, shape, t)).ToArray(),
                actual[first..].SelectMany(o => o[from..(from + shape.Size)]).ToArray())));
            offset += shape.Size;
        }
    }

    /// <summary>Which axis a step goes along, and how long it is; null where a step has all of it.</summary>
    private static (int Axis, int Steps)? TimeOf(Shape whole, Shape? step) => step is null ? null
        : Enumerable.Range(0, whole.Rank).Where(axis => step.Rank == whole.Rank && whole.Dimensions[axis] != step.Dimensions[axis]).Select(axis => ((int, int)?)(axis, whole.Dimensions[axis])).FirstOrDefault();

    /// <summary>What a step has of a value.</summary>
    private static IEnumerable<T> StepOf<T>(T[] whole, Shape shape, Shape step, int t)
    {
        if (TimeOf(shape, step) is not { } time)
            return whole;
        int inner = shape.Dimensions.Skip(time.Axis + 1).Aggregate(1, static (product, size) => product * size), outer = whole.Length / inner / time.Steps;
        return Enumerable.Range(0, outer).SelectMany(o => Enumerable.Range(0, inner).Select(i => whole[(((o * time.Steps) + t) * inner) + i]));
    }

    /// <summary>A part of every sample.</summary>
    private static T[] PartOf<T>(T[] values, int size, int offset, int count) =>
        [.. Enumerable.Range(0, values.Length / size).SelectMany(n => values.AsSpan((n * size) + offset, count).ToArray())];
}
