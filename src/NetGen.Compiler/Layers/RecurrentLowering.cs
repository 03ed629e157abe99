using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Layers.Cells;
using static System.FormattableString;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Layers;

/// <summary>Where the state h of every step goes: into rows of a buffer.</summary>
/// <param name="At">Where in a row it begins.</param>
/// <param name="Stride">From one step's row to the next.</param>
internal sealed record StateRows(Buffer Of, int At, int Stride);

/// <summary>
/// A recurrent layer as kernels: the sums of the features for all steps as one product, then a scan over the steps, whose body is the product with the state
/// before and the cell. Where the gradient is cut off, or states are kept for some steps only, a scan over pieces of the time has such a scan as its body.
/// </summary>
internal sealed class RecurrentLowering
{
    private readonly Recurrent _layer;
    private readonly Lowering _lowering;
    private readonly bool _isReversed;
    private readonly Buffer _inputWeight;
    private readonly Buffer[] _stateWeights;
    private readonly Buffer? _inputBias;
    private readonly Buffer?[] _stateBiases;

    /// <summary>What the states are before the first step; null for zeros.</summary>
    private Buffer?[] _initials;

    /// <param name="isReversed">It reads the sequence from its end, with parameters of its own for that.</param>
    public RecurrentLowering(Recurrent layer, Lowering lowering, bool isReversed = false)
    {
        _layer = layer;
        _lowering = lowering;
        _isReversed = isReversed;
        _initials = new Buffer?[layer.Cell.States.Count];
        string NameOf(int parameter) => Recurrent.Names[parameter] + (isReversed ? Recurrent.Reverse : "");
        Buffer? Bias(int parameter, string part, int from, int size) =>
            layer.UseBias ? lowering.Parameter(layer.Name, NameOf(parameter), part, from, size) : null;
        Buffer StateWeight(string part, int from, int sums) => lowering.Parameter(layer.WeightOwner, NameOf(1), part, from * Units, sums * Units);
        _inputWeight = lowering.Parameter(layer.WeightOwner, NameOf(0), layer.Sums * layer.Features);
        bool isSplit = layer.Cell is GruCell { ResetsState: true };
        _stateWeights = isSplit ? [StateWeight("OfGates", 0, 2 * Units), StateWeight("OfNew", 2 * Units, Units)] : [StateWeight("", 0, layer.Sums)];
        _inputBias = Bias(2, "", 0, layer.Sums);
        _stateBiases = isSplit ? [Bias(3, "OfGates", 0, 2 * Units), Bias(3, "OfNew", 2 * Units, Units)] : [Bias(3, "", 0, layer.Sums)];
    }

    private string Name => _layer.Name;

    private int Units => _layer.Units;

    private int States => _layer.Cell.States.Count;

    /// <summary>What something of the layer is called; of a sequence that is read from its end, something else.</summary>
    private string What(string what) => _isReversed ? "Reverse" + what : what;

    /// <summary>The name of a kernel.</summary>
    private string Method(string what) => _lowering.Method(Name, What(what));

    /// <summary>What states are called in the generated file.</summary>
    private string StateName(int state) => What(_layer.Cell.States[state] == "h" ? "Hidden" : "Cell");

    /// <param name="initials">What the states begin from; none for zeros.</param>
    public Value Lower(Buffer x, IReadOnlyList<Buffer> initials)
    {
        if (_lowering.IsStep)
            return new Value(LowerStep(x), _layer.Output);

        if (initials.Count > 0)
            _initials = [.. initials];
        // The last h, or every one.
        Buffer y = _lowering.Activation(Name, "", _layer.Output.Size);
        Lower(x, _layer.ReturnsSequences ? new StateRows(y, 0, Units) : null, _layer.ReturnsSequences ? null : y);
        return new Value(y, _layer.Output);
    }

    /// <param name="all">Where every h goes; null where they are not wanted.</param>
    /// <param name="last">The same of the last one.</param>
    public void Lower(Buffer x, StateRows? all, Buffer? last)
    {
        Buffer?[] finals = new Buffer?[States];
        finals[0] = last;
        foreach (int part in _layer.StatesRead)
        {
            finals[part - 1] ??= _lowering.Activation(Name, StateName(part - 1) + "Last", Units);
            _lowering.SetState(Name, part, new Value(finals[part - 1]!, Shapes.Shape.Vector(Units)));
        }

        if (!_lowering.IsTraining && PieceOfInference is > 0 and int piece)
            AddPieces(_lowering, x, _layer.Time, piece, _initials, finals, all, ScanMemory.Nothing);
        else if (!_lowering.IsTraining)
            AddSteps(_lowering, x, _layer.Time, _initials, finals, all, ScanMemory.Nothing);
        else if (_layer.Truncate is { } truncate && truncate < _layer.Time)
            AddCut(x, truncate, finals, all);
        else
            AddKept(_lowering, x, _layer.Time, _initials, finals, all);
    }

    /// <summary>
    /// Floats that the sums of the features may take before inference goes over a long sequence in pieces: near caches hold those of a piece.
    /// </summary>
    private const int MostInputs = 4096;

    /// <summary>Steps of a piece, if possible as many as divide the time; 0 where the sequence is short enough to be one.</summary>
    private int PieceOfInference
    {
        get
        {
            if ((long)_layer.Time * _layer.Sums <= MostInputs)
                return 0;
            int most = Math.Max(16, MostInputs / 2 / _layer.Sums);
            int divisor = Enumerable.Range(1, Math.Min(most, _layer.Time)).Last(n => _layer.Time % n == 0);
            return divisor >= 8 ? divisor : Math.Min(most, _layer.Time);
        }
    }

    /// <summary>One step of a stream: the body alone, on states that the caller keeps.</summary>
    private Buffer LowerStep(Buffer x)
    {
        Buffer[] states = [.. Enumerable.Range(0, States).Select(k => _lowering.State(Name, StateName(k), Units))];
        Buffer inputs = AddInputs(_lowering, x, 1);
        AddBody(_lowering, inputs, states, states, ScanMemory.Nothing, null);
        for (int k = 0; k < States; k++)
            _lowering.SetState(Name, k + 1, new Value(states[k], Shapes.Shape.Vector(Units)));
        return states[0];
    }

    /// <summary>The sums of the features, for all steps at once.</summary>
    private Buffer AddInputs(IKernels kernels, Buffer x, int steps)
    {
        Buffer inputs = kernels.Activation(Name, What("Inputs"), steps * _layer.Sums);
        kernels.Add(new Affine(Method("Inputs"), x, _inputWeight, _inputBias, inputs, steps, _layer.Features, _layer.Sums, null, null));
        return inputs;
    }

    /// <summary>The kernels of one step.</summary>
    /// <param name="memory">What backward reads of it.</param>
    /// <param name="y">Makes the part of the output that is the step's; null for none.</param>
    private void AddBody(IKernels kernels, Buffer inputs, Buffer[] before, Buffer[] after, ScanMemory memory, Func<Buffer>? y)
    {
        if (_layer.Cell is GruCell { ResetsState: true } gru)
        {
            AddResetting(kernels, gru, inputs, before[0], after[0], memory, y);
            return;
        }

        Buffer? kept = memory == ScanMemory.Values && _layer.Cell.Kept > 0 ? kernels.Activation(Name, What("Gates"), _layer.Cell.Kept * Units) : null;
        Buffer? output = y?.Invoke();
        string name = Method("Cell");
        Buffer recurrent = kernels.Activation(Name, What("Recurrent"), _layer.Sums);
        kernels.Add(new Affine(Method("Recurrent"), before[0], _stateWeights[0], _stateBiases[0], recurrent, 1, Units, _layer.Sums, null, null));
        kernels.Add(_layer.Cell.Step(name, Units, inputs, recurrent, before, after, kept, output));
    }

    /// <summary>The same of a gru whose reset gate works on the state: two products, one behind the other.</summary>
    private void AddResetting(IKernels kernels, GruCell cell, Buffer inputs, Buffer before, Buffer after, ScanMemory memory, Func<Buffer>? y)
    {
        Buffer Make(string what, int size) => kernels.Activation(Name, What(what), size);
        Buffer? Kept(string variable) => memory == ScanMemory.Values ? Make("Gate" + NameScope.Pascal(variable), Units) : null;
        void AddProduct(int part, Buffer x, Buffer sums) => kernels.Add(
            new Affine(Method("Recurrent"), x, _stateWeights[part], _stateBiases[part], sums, 1, Units, sums.Size, null, null)
            {
                WeightOrder = WeightOrders.Of(Units, sums.Size, hasRowsOfOutputs: true),
            });

        Buffer gates = Make("Recurrent", 2 * Units), z = Make("Update", Units), reset = Make("Reset", Units), sum = Make("New", Units);
        AddProduct(0, before, gates);
        kernels.Add(cell.GatesStep(Method("Gates"), Units, inputs, gates, before, Kept, z, reset));
        AddProduct(1, reset, sum);
        kernels.Add(cell.StateStep(Method("Cell"), Units, inputs, sum, z, before, Kept, after, y?.Invoke()));
    }

    /// <summary>A scan over so many steps.</summary>
    private void AddSteps(IKernels kernels, Buffer x, int steps, Buffer?[] initials, Buffer?[] finals, StateRows? y, ScanMemory memory)
    {
        Buffer inputs = AddInputs(kernels, x, steps);
        string text = $"{(y?.Of ?? finals[0])?.Name ?? Name} = {_layer.Kind}({inputs.Name})";
        var scan = new ScanBuilder(kernels, Name, Method("Forward"), steps, _isReversed, memory, text);
        Buffer now = scan.Row(inputs, What("Inputs"), 0, _layer.Sums);
        var states = Enumerable.Range(0, States).Select(k => scan.State(StateName(k), Units, initials[k], finals[k])).ToArray();
        Buffer[] before = [.. states.Select(static s => s.Before)], after = [.. states.Select(static s => s.After)];
        AddBody(scan, now, before, after, memory, y is null ? null : () => scan.Row(y.Of, What(""), y.At, Units, y.Stride));
        scan.Finish();
    }

    /// <summary>The steps with the states that backward reads: of each, or of every so many.</summary>
    private void AddKept(IKernels kernels, Buffer x, int steps, Buffer?[] initials, Buffer?[] finals, StateRows? y)
    {
        if (_layer.Checkpoint == 1 || _layer.Checkpoint >= steps)
            AddSteps(kernels, x, steps, initials, finals, y, ScanMemory.Values);
        else
            AddPieces(kernels, x, steps, _layer.Checkpoint, initials, finals, y, ScanMemory.States);
    }

    /// <summary>The gradient of a state passes over pieces of so many steps, counted from the end: the last state reaches back over all of a piece.</summary>
    private void AddCut(Buffer x, int truncate, Buffer?[] finals, StateRows? y)
    {
        if (y is not null)
        {
            AddPieces(_lowering, x, _layer.Time, truncate, _initials, finals, y, ScanMemory.Values);
            return;
        }

        // Nothing reaches back beyond the last piece, so nothing is kept of what stands before.
        int earlier = _layer.Time - truncate;
        Buffer?[] between = NewStates(_lowering);
        AddEqualPieces(_lowering, x, PlaceOf(0, earlier, _layer.Time), 1, earlier, _initials, between, null, ScanMemory.Nothing);
        AddEqualPieces(_lowering, x, PlaceOf(earlier, truncate, _layer.Time), 1, truncate, between, finals, null, ScanMemory.Values);
    }

    /// <summary>Scans over pieces of so many steps each: first over what is left when as many as possible are taken from the end.</summary>
    private void AddPieces(IKernels kernels, Buffer x, int steps, int count, Buffer?[] initials, Buffer?[] finals, StateRows? y, ScanMemory memory)
    {
        int rest = steps % count;
        Buffer?[] between = initials;
        if (rest > 0)
        {
            between = NewStates(kernels);
            AddEqualPieces(kernels, x, PlaceOf(0, rest, steps), 1, rest, initials, between, y, memory);
        }

        AddEqualPieces(kernels, x, PlaceOf(rest, steps - rest, steps), steps / count, count, between, finals, y, memory);
    }

    /// <summary>Where in the sequence so many steps stand that come after others.</summary>
    private int PlaceOf(int others, int count, int steps) => _isReversed ? steps - others - count : others;

    /// <param name="from">The first of the steps in the sequence.</param>
    private void AddEqualPieces(
        IKernels kernels, Buffer x, int from, int pieces, int count, Buffer?[] initials, Buffer?[] finals, StateRows? y, ScanMemory memory)
    {
        bool isCut = memory == ScanMemory.Values;
        string text = Invariant($"{_layer.Kind} over {pieces} pieces of {count} steps");
        var scan = new ScanBuilder(kernels, Name, Method("Pieces"), pieces, _isReversed, memory, text);
        Buffer now = scan.Row(x, What("Piece"), from * _layer.Features, count * _layer.Features);
        StateRows? yNow = y is null ? null : y with { Of = scan.Row(y.Of, What(""), from * y.Stride, count * y.Stride) };
        var states = Enumerable.Range(0, States).Select(k => scan.State(StateName(k), Units, initials[k], finals[k])).ToArray();
        Buffer?[] before = [.. states.Select(static s => s.Before)], after = [.. states.Select(static s => s.After)];
        if (isCut)
            AddKept(scan, now, count, before, after, yNow);
        else
            AddSteps(scan, now, count, before, after, yNow, memory == ScanMemory.Nothing ? ScanMemory.Nothing : ScanMemory.Values);
        scan.Finish(isCut);
    }

    private Buffer?[] NewStates(IKernels kernels) => [.. Enumerable.Range(0, States).Select(k => kernels.Activation(Name, StateName(k) + "Between", Units))];
}
