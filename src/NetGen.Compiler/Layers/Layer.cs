using System;
using System.Collections.Generic;
using NetGen.Compiler.Initializers;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>A parameter of a layer.</summary>
/// <param name="Name">Its name within the layer: <c>weight</c>.</param>
/// <param name="Shape">As presented: <c>[out, in]</c>.</param>
/// <param name="Strides">How far apart neighbours along each presented axis are kept.</param>
/// <param name="IsTrained">The step changes it.</param>
/// <param name="IsPenalised">The l2 penalty counts it.</param>
/// <param name="Momentum">Of a statistic, what a step blends into it: parameter + Momentum (gradient - parameter); null for all else.</param>
internal sealed record Parameter(
    string Name, EquatableArray<int> Shape, EquatableArray<int> Strides, Initializer Initializer, bool IsTrained, bool IsPenalised, float? Momentum = null)
{
    /// <summary>A statistic of the data: no gradient changes it, whatever is trained.</summary>
    public bool IsStatistic { get; init; }

    public int Size
    {
        get
        {
            int size = 1;
            foreach (int d in Shape)
                size *= d;
            return size;
        }
    }
}

/// <summary>A checked layer: what it computes, without positions, equal by value.</summary>
/// <param name="Name">Its name in the spec, given or by default.</param>
/// <param name="Kind">What it is called in the grammar.</param>
/// <param name="Input">The shape of what it reads; of the first, where it reads several.</param>
internal abstract record Layer(string Name, string Kind, Shape Input, Shape Output)
{
    /// <summary>What it reads, in order.</summary>
    public EquatableArray<ValueSource> Sources { get; init; }

    /// <summary>What one step of a stream reads of that: all but what only begins a state.</summary>
    public virtual IEnumerable<ValueSource> SourcesOfStep => Sources;

    /// <summary>The shape of what it gives.</summary>
    /// <param name="part">0 for its output, else which of its states, counted from 1.</param>
    public virtual Shape ShapeOf(int part) => Output;

    public virtual EquatableArray<Parameter> Parameters => default;

    /// <summary>Floats that one sample's values take in training.</summary>
    public virtual long Values
    {
        get
        {
            long floats = 1;
            foreach (int d in Output.Dimensions)
                floats *= d;
            return floats;
        }
    }

    /// <summary>The activation that ends it, which losses fuse with; null where none does.</summary>
    public virtual Activations.Activation? LastActivation => null;

    /// <summary>It gives its input on, element by element and in the same shape.</summary>
    public virtual bool IsTransparent => false;

    /// <summary>It only moves what its input holds: where that is between 0 and 1, so is what it gives.</summary>
    public virtual bool KeepsValues => IsTransparent;

    /// <summary>Where its input holds indices, so does what it gives: each of them, or 0, which every table has.</summary>
    public virtual bool KeepsIndices => KeepsValues;

    /// <summary>The place of the layer that decides what an output gives: its own, or what stands before it where that changes nothing.</summary>
    /// <param name="output">Where the output comes of: a layer, or a state of one.</param>
    /// <param name="unchanged">Which layers change nothing.</param>
    public static int EndOf(IReadOnlyList<Layer> layers, ValueSource output, Func<Layer, bool> unchanged)
    {
        ValueSource last = output;
        while (last.IsLayer && unchanged(layers[last.Layer]) && !layers[last.Layer].Sources[0].IsInput)
            last = layers[last.Layer].Sources[0];
        return last.Layer;
    }

    /// <summary>Why it cannot work on the steps of a sequence one after another; null where it can.</summary>
    /// <param name="time">The axis of its input that is time.</param>
    public virtual string? StepObstacle(int time) => "takes all steps together";

    /// <summary>The axis of its output that is time; null where it gives one value for all steps, of which a stream sees one at each step.</summary>
    /// <param name="time">The same of its input.</param>
    public virtual int? TimeOfOutput(int time) => time;

    /// <summary>Itself for one step of a sequence.</summary>
    public Layer OfStep(int time) => this with
    {
        Input = Input.OfStep(time),
        Output = TimeOfOutput(time) is { } axis ? Output.OfStep(axis) : Output,
    };

    /// <summary>Adds its kernels; gives back its output.</summary>
    /// <param name="x">What it reads, or the first of that.</param>
    /// <param name="others">What else it reads, where it takes several values.</param>
    public abstract Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others);
}
