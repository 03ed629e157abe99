using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using static System.FormattableString;

namespace NetGen.Compiler.Layers;

/// <summary>
/// A recurrent layer as kernels: the sums of the features for all steps as one product, then a scan over the steps, whose body is the product with the state
/// before and the cell. Where the gradient is cut off, or states are kept for some steps only, a scan over pieces of the time has such a scan as its body.
/// </summary>
internal sealed class RecurrentLowering
{
    private readonly Recurrent _layer;
    private readonly Lowering _lowering;
    private readonly Buffer _inputWeight;
    private readonly Buffer _stateWeight;
    private readonly Buffer _inputBias;
    private readonly Buffer _stateBias;

    public RecurrentLowering(Recurrent layer, Lowering lowering)
    {
        _layer = layer;
        _lowering = lowering;
        _inputWeight = lowering.Parameter(layer.Name, Recurrent.Names[0], layer.Sums * layer.Features);
        _stateWeight = lowering.Parameter(layer.Name, Recurrent.Names[1], layer.Sums * layer.Units);
        _inputBias = lowering.Parameter(layer.Name, Recurrent.Names[2], layer.Sums);
        _stateBias = lowering.Parameter(layer.Name, Recurrent.Names[3], layer.Sums);
    }

    private string Name => _layer.Name;

    private int Units => _layer.Units;

    private int States => _layer.Cell.States.Count;

    private Buffer?[] Zeros => new Buffer?[States];

    /// <summary>What states are called in the generated file.</summary>
    private string StateName(int state) => _layer.Cell.States[state] == "h" ? "Hidden" : "Cell";

    public Value Lower(Buffer x)
    {
        if (_lowering.IsStep)
            return new Value(LowerStep(x), _layer.Output);

        // The last h, or every one.
        Buffer y = _lowering.Activation(Name, "", _layer.Output.Size);
        Buffer? all = _layer.ReturnsSequences ? y : null;
        Buffer?[] finals = Zeros;
        finals[0] = _layer.ReturnsSequences ? null : y;
        if (!_lowering.IsTraining && PieceOfInference is > 0 and int piece)
            AddPieces(_lowering, x, _layer.Time, piece, Zeros, finals, all, ScanMemory.Nothing);
        else if (!_lowering.IsTraining)
            AddSteps(_lowering, x, _layer.Time, Zeros, finals, all, ScanMemory.Nothing);
        else if (_layer.Truncate is { } truncate && truncate < _layer.Time)
            AddCut(x, truncate, finals, all);
        else
            AddKept(_lowering, x, _layer.Time, Zeros, finals, all);
        return new Value(y, _layer.Output);
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
            int most = System.Math.Max(16, MostInputs / 2 / _layer.Sums);
            int divisor = Enumerable.Range(1, System.Math.Min(most, _layer.Time)).Last(n => _layer.Time % n == 0);
            return divisor >= 8 ? divisor : System.Math.Min(most, _layer.Time);
        }
    }

    /// <summary>One step of a stream: the body alone, on states that the caller keeps.</summary>
    private Buffer LowerStep(Buffer x)
    {
        Buffer[] states = [.. Enumerable.Range(0, States).Select(k => _lowering.State(Name, StateName(k), Units))];
        Buffer inputs = AddInputs(_lowering, x, 1);
        AddBody(_lowering, inputs, states, states, null, null, _lowering.Method(Name, "Cell"));
        return states[0];
    }

    /// <summary>The sums of the features, for all steps at once.</summary>
    private Buffer AddInputs(IKernels kernels, Buffer x, int steps)
    {
        Buffer inputs = kernels.Activation(Name, "Inputs", steps * _layer.Sums);
        kernels.Add(new Affine(_lowering.Method(Name, "Inputs"), x, _inputWeight, _inputBias, inputs, steps, _layer.Features, _layer.Sums, null, null));
        return inputs;
    }

    private void AddBody(IKernels kernels, Buffer inputs, Buffer[] before, Buffer[] after, Buffer? kept, Buffer? y, string name)
    {
        Buffer recurrent = kernels.Activation(Name, "Recurrent", _layer.Sums);
        kernels.Add(new Affine(_lowering.Method(Name, "Recurrent"), before[0], _stateWeight, _stateBias, recurrent, 1, Units, _layer.Sums, null, null));
        kernels.Add(_layer.Cell.Step(name, Units, inputs, recurrent, before, after, kept, y));
    }

    /// <summary>A scan over so many steps.</summary>
    private void AddSteps(IKernels kernels, Buffer x, int steps, Buffer?[] initials, Buffer?[] finals, Buffer? y, ScanMemory memory)
    {
        Buffer inputs = AddInputs(kernels, x, steps);
        var scan = new ScanBuilder(kernels, Name, _lowering.Method(Name), steps, memory, $"{(y ?? finals[0])?.Name ?? Name} = {_layer.Kind}({inputs.Name})");
        Buffer now = scan.Row(inputs, "Inputs", 0, _layer.Sums);
        var states = Enumerable.Range(0, States).Select(k => scan.State(StateName(k), Units, initials[k], finals[k])).ToArray();
        Buffer? kept = memory == ScanMemory.Values && _layer.Cell.Kept > 0 ? scan.Activation(Name, "Gates", _layer.Cell.Kept * Units) : null;
        AddBody(scan, now, [.. states.Select(static s => s.Before)], [.. states.Select(static s => s.After)], kept, y is null ? null : scan.Row(y, "", 0, Units), _lowering.Method(Name, "Cell"));
        scan.Finish();
    }

    /// <summary>The steps with the states that backward reads: of each, or of every so many.</summary>
    private void AddKept(IKernels kernels, Buffer x, int steps, Buffer?[] initials, Buffer?[] finals, Buffer? y)
    {
        if (_layer.Checkpoint == 1 || _layer.Checkpoint >= steps)
            AddSteps(kernels, x, steps, initials, finals, y, ScanMemory.Values);
        else
            AddPieces(kernels, x, steps, _layer.Checkpoint, initials, finals, y, ScanMemory.States);
    }

    /// <summary>The gradient of a state passes over pieces of so many steps, counted from the end: the last state reaches back over all of a piece.</summary>
    private void AddCut(Buffer x, int truncate, Buffer?[] finals, Buffer? y)
    {
        if (y is not null)
        {
            AddPieces(_lowering, x, _layer.Time, truncate, Zeros, finals, y, ScanMemory.Values);
            return;
        }

        // Nothing reaches back beyond the last piece, so nothing is kept of what stands before.
        int earlier = _layer.Time - truncate;
        Buffer?[] between = NewStates(_lowering);
        AddEqualPieces(_lowering, x, 0, 1, earlier, Zeros, between, null, ScanMemory.Nothing);
        AddEqualPieces(_lowering, x, earlier, 1, truncate, between, finals, null, ScanMemory.Values);
    }

    /// <summary>Scans over pieces of so many steps each: first over what is left when as many as possible are taken from the end.</summary>
    private void AddPieces(IKernels kernels, Buffer x, int steps, int count, Buffer?[] initials, Buffer?[] finals, Buffer? y, ScanMemory memory)
    {
        int rest = steps % count;
        Buffer?[] between = initials;
        if (rest > 0)
        {
            between = NewStates(kernels);
            AddEqualPieces(kernels, x, 0, 1, rest, initials, between, y, memory);
        }

        AddEqualPieces(kernels, x, rest, steps / count, count, between, finals, y, memory);
    }

    /// <param name="from">The first of the steps.</param>
    private void AddEqualPieces(IKernels kernels, Buffer x, int from, int pieces, int count, Buffer?[] initials, Buffer?[] finals, Buffer? y, ScanMemory memory)
    {
        bool isCut = memory == ScanMemory.Values;
        var scan = new ScanBuilder(kernels, Name, _lowering.Method(Name, "Pieces"), pieces, memory, Invariant($"{_layer.Kind} over {pieces} pieces of {count} steps"));
        Buffer now = scan.Row(x, "Piece", from * _layer.Features, count * _layer.Features);
        Buffer? yNow = y is null ? null : scan.Row(y, "", from * Units, count * Units);
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
