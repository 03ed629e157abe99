using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>What kernels are added to: the network, or the body of a scan.</summary>
internal interface IKernels
{
    /// <summary>A buffer for values of one sample.</summary>
    Buffer Activation(string layer, string what, int size);

    void Add(Kernel kernel);
}

/// <summary>Puts a scan together: its rows, its states, the kernels of its body.</summary>
/// <param name="kernels">What the scan is added to.</param>
/// <param name="layer">Whose it is.</param>
/// <param name="name">Its own name.</param>
/// <param name="isReversed">From the last step to the first.</param>
/// <param name="memory">What backward reads of it.</param>
/// <param name="text">What it computes, for people.</param>
internal sealed class ScanBuilder(IKernels kernels, string layer, string name, int steps, bool isReversed, ScanMemory memory, string text) : IKernels
{
    private readonly List<Row> _rows = [];
    private readonly List<Carry> _carries = [];
    private readonly List<Kernel> _first = [];
    private readonly List<Kernel> _body = [];
    private readonly List<Kernel> _last = [];
    private readonly List<(Buffer Part, string What)> _values = [];

    public Buffer Activation(string ofLayer, string what, int size)
    {
        Buffer part = kernels.Activation(ofLayer, what + "Now", size);
        _values.Add((part, what));
        return part;
    }

    public void Add(Kernel kernel) => _body.Add(kernel);

    /// <summary>A step's part of a buffer that holds such a part for each, which the body reads or writes.</summary>
    /// <param name="from">Where the first one's begins.</param>
    /// <param name="stride">From one to the next; as much as a part takes where they stand without gaps.</param>
    public Buffer Row(Buffer of, string what, int from, int size, int? stride = null)
    {
        Buffer part = kernels.Activation(layer, what + "Now", size);
        _rows.Add(new Row(part, of, from, stride ?? size));
        return part;
    }

    /// <summary>A state: what a step reads, and what it writes.</summary>
    /// <param name="initial">What it begins with; null for zeros.</param>
    /// <param name="final">Where the last one goes; null where it is not wanted.</param>
    public (Buffer Before, Buffer After) State(string what, int size, Buffer? initial, Buffer? final)
    {
        string method = NameScope.Pascal(layer) + what;
        // One place more than steps: a step that comes after another in time reads what that wrote, in either direction.
        (int ofBefore, int ofAfter, int ofFirst, int ofLast) = isReversed ? (size, 0, steps * size, 0) : (0, size, 0, steps * size);
        if (memory == ScanMemory.Nothing)
        {
            // Nothing is kept: a step leaves its state where it found that of the step before.
            Buffer state = final ?? kernels.Activation(layer, what, size);
            if (initial != state)
                _first.Add(Begin(method, initial, state));
            return (state, state);
        }

        Buffer states = kernels.Activation(layer, what + "States", (steps + 1) * size);
        Buffer before = kernels.Activation(layer, what + "Before", size), after = kernels.Activation(layer, what + "After", size);
        Buffer first = kernels.Activation(layer, what + "First", size);
        _rows.Add(new Row(before, states, ofBefore, size));
        _rows.Add(new Row(after, states, ofAfter, size));
        _rows.Add(new Row(first, states, ofFirst, 0));
        _first.Add(Begin(method, initial, first));
        if (final is not null)
        {
            Buffer last = kernels.Activation(layer, what + "Last", size);
            _rows.Add(new Row(last, states, ofLast, 0));
            _last.Add(Combine.Copy(method + "End", last, final, Access.Overwrite));
        }

        _carries.Add(new Carry(before, after, states, initial, final));
        return (before, after);
    }

    private static Kernel Begin(string method, Buffer? initial, Buffer state) =>
        initial is null ? new Clear(method + "Clear", state) : Combine.Copy(method + "Begin", initial, state, Access.Overwrite);

    /// <summary>Adds the scan.</summary>
    /// <param name="isCut">No gradient passes from a step to the one before it.</param>
    public void Finish(bool isCut = false)
    {
        var scan = new Scan(name, steps, isReversed, _rows.ToEquatable(), _first.ToEquatable(), _body.ToEquatable(), _last.ToEquatable(), text)
        {
            Carries = _carries.ToEquatable(),
            Memory = memory,
            IsCut = isCut,
        };
        if (memory == ScanMemory.Values)
        {
            HashSet<Buffer> read = ScanDerivative.Read(scan);
            var saved = new List<Buffer>();
            foreach ((Buffer part, string what) in _values.Where(v => read.Contains(v.Part)))
            {
                Buffer all = kernels.Activation(layer, what, steps * part.Size);
                saved.Add(all);
                _rows.Add(new Row(part, all, 0, part.Size));
            }

            scan = scan with { Rows = _rows.ToEquatable(), Saved = saved.ToEquatable() };
        }

        kernels.Add(scan);
    }
}
