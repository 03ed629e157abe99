using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// The derivative of a <see cref="Scan"/>: the body's kernels are differentiated from the last to the first, and what comes of it runs from the last step to
/// the first. A state's gradient is one buffer, which each step reads as that of the state after it and leaves as that of the state before it. What only adds
/// to the gradient of a weight, from rows that are kept, is taken out of the loop: one product over all steps.
/// </summary>
/// <param name="gradients">What the scan stands in: the network, or the body of another scan.</param>
internal sealed class ScanDerivative(Scan scan, IGradients gradients) : IGradients
{
    private readonly List<Kernel> _kernels = [];
    private readonly Dictionary<Buffer, Row> _rows = [];
    private readonly Dictionary<Buffer, Operand> _outer = [];
    private readonly Dictionary<Buffer, Buffer> _shared = [];
    private readonly WrittenParts _written = new();

    /// <summary>The buffers of the forward body that its derivative reads.</summary>
    public static HashSet<Buffer> Read(Scan scan)
    {
        var derivative = new ScanDerivative(scan, new All());
        derivative.Run();
        return [.. derivative._kernels.SelectMany(static k => k.Operands).Where(static o => o.IsRead).Select(static o => o.Buffer)];
    }

    /// <summary>Adds the kernels to what the scan stands in.</summary>
    public void Add()
    {
        Run();
        if (_kernels.Count == 0)
            return;
        bool again = scan.Memory == ScanMemory.States;
        List<Kernel> hoisted = again ? [] : Hoist();
        HashSet<Buffer> used = [.. _kernels.SelectMany(static k => k.Operands).Select(static o => o.Buffer)];
        IEnumerable<Kernel> body = _kernels;
        if (again)
        {
            body = scan.Body.Concat(_kernels);
            used.UnionWith(scan.Body.SelectMany(static k => k.Operands).Select(static o => o.Buffer));
        }

        // What is computed again for the sake of the derivative is not put out again.
        IEnumerable<Row> forward = scan.Rows.Where(r => used.Contains(r.Part) && !(again && IsOutput(r)));
        var first = new List<Kernel>();
        var last = new List<Kernel>();
        foreach (Carry carry in scan.Carries)
        {
            Buffer carried = CarriedOf(carry);
            string name = NameScope.Pascal(carried.Name);
            first.Add(carry.Final is { } final && gradients.Has(final) ? Combine.Copy(name + "Begin", gradients.Of(final), carried, Access.Overwrite) : new Clear(name + "Clear", carried));
            if (scan.IsCut)
            {
                body = body.Append(new Clear(name + "Cut", carried));
                if (carry.Initial is { } before && gradients.Wanted(before) is { Access: Access.Overwrite } none)
                    last.Add(new Clear(name + "End", none.Buffer));
            }
            else if (carry.Initial is { } initial && gradients.Wanted(initial) is { } dx)
                last.Add(Combine.Copy(name + "End", carried, dx.Buffer, dx.Access));
        }

        gradients.Add(new Scan(
            KernelNames.Stem(scan.Name) + "Backward", scan.Steps, !scan.IsReversed, forward.Concat(_rows.Values).Distinct().ToEquatable(),
            first.ToEquatable(), body.ToEquatable(), last.ToEquatable(), "backward of " + scan.Text));
        foreach (Kernel kernel in hoisted)
            gradients.Add(kernel);
    }

    /// <summary>The same of a scan that backward does not reach: what it reads is told nothing.</summary>
    public void AddZeros()
    {
        var clears = new List<Kernel>();
        foreach (Row row in scan.Rows.Where(IsInput))
        {
            if (gradients.WantedPart(row.Of, row.Offset, scan.Steps * row.Stride) is not { Access: Access.Overwrite } dx)
                continue;
            var all = new Buffer(row.Part.Named("Gradient"), scan.Steps * row.Stride, BufferRole.Activation);
            _rows[all] = new Row(all, dx.Buffer, row.Offset, 0);
            clears.Add(new Clear(NameScope.Pascal(all.Name) + "Clear", all));
        }

        if (clears.Count > 0)
            gradients.Add(new Scan(KernelNames.Stem(scan.Name) + "Backward", 1, false, _rows.Values.ToEquatable(), default, clears.ToEquatable(), default, "no gradient of " + scan.Text));
    }

    private void Run()
    {
        foreach (Kernel kernel in scan.Body.Reverse())
        {
            if (kernel.Operands.Any(o => o.IsWritten && Has(o.Buffer)))
                kernel.Differentiate(this);
        }
    }

    public Buffer Of(Buffer output)
    {
        if (scan.Carries.FirstOrDefault(c => c.After == output || c.Before == output) is { } carry)
            return CarriedOf(carry);
        if (_shared.TryGetValue(output, out Buffer? shared))
            output = shared;
        var gradient = new Buffer(output.Named("Gradient"), output.Size, BufferRole.Activation);
        if (scan.RowOf(output) is { } row && IsOutput(row) && !_rows.ContainsKey(gradient) && gradients.Has(row.Of))
            _rows[gradient] = new Row(gradient, gradients.Of(row.Of), row.Offset, row.Stride);
        return gradient;
    }

    public Operand? Wanted(Buffer input) => WantedPart(input, 0, input.Size);

    public Operand? WantedPart(Buffer input, int from, int size)
    {
        if (scan.Carries.FirstOrDefault(c => c.Before == input || c.After == input) is { } carry)
        {
            if (carry.Before == input && scan.IsCut)
                return null;
            return new Operand(CarriedOf(carry), carry.Before == input ? _written.Write(input) : Access.Accumulate);
        }

        if (scan.RowOf(input) is not { } row || !IsInput(row))
            return new Operand(Of(input), _written.Write(input, from, size));

        if (!_outer.TryGetValue(input, out Operand outer))
        {
            if (gradients.WantedPart(row.Of, row.Offset, scan.Steps * row.Stride) is not { } wanted)
                return null;
            _outer[input] = outer = wanted;
        }

        Buffer gradient = Of(input);
        _rows[gradient] = new Row(gradient, outer.Buffer, row.Offset, row.Stride);
        Access access = _written.Write(input, from, size);
        return new Operand(gradient, outer.Access == Access.Accumulate ? outer.Access : access);
    }

    public Buffer? WantedParameter(Buffer? parameter) => gradients.WantedParameter(parameter);

    public bool Has(Buffer output) =>
        scan.Carries.Any(c => c.After == output) || _written.Contains(output) || (scan.RowOf(output) is { } row && IsOutput(row) && gradients.Has(row.Of));

    public bool Share(Buffer input, Buffer with)
    {
        // A value of the body alone, which nothing else reads, needs no gradient of its own.
        if (scan.RowOf(input) is { } row && IsInput(row) || _written.Contains(input))
            return false;
        _shared[input] = with;
        _written.Write(input);
        return true;
    }

    public void Add(Kernel kernel) => _kernels.Add(kernel);

    /// <summary>The gradient of a state, from step to step.</summary>
    private static Buffer CarriedOf(Carry carry) => new(carry.States.Named("Gradient"), carry.Before.Size, BufferRole.Activation);

    private bool IsInput(Row row) => !scan.Body.Any(k => k.Writes(row.Part));

    private bool IsOutput(Row row) => !IsInput(row) && !scan.Carries.Any(c => c.States == row.Of) && !scan.Saved.Contains(row.Of);

    /// <summary>Takes out of the body what adds rows to the gradient of a weight, as kernels over the rows of all steps.</summary>
    private List<Kernel> Hoist()
    {
        var hoisted = new List<Kernel>();
        for (int k = 0; k < _kernels.Count; k++)
        {
            Kernel? whole = _kernels[k] switch
            {
                AffineWeightGradient { Rows: 1 } g when RowsOf(g.X, g.Inputs) is { } x && (x.Offset == 0 || scan.IsReversed) && WholeGradient(g.Dy, g.Outputs) is { } dy =>
                    OverRows(g with { Dy = dy, Rows = scan.Steps }, x),
                AffineBiasGradient { Rows: 1 } g when WholeGradient(g.Dy, g.Outputs) is { } dy => g with { Dy = dy, Rows = scan.Steps },
                _ => null,
            };
            if (whole is null)
                continue;
            hoisted.Add(whole);
            _kernels.RemoveAt(k--);
        }

        return hoisted;
    }

    /// <summary>The rows, one behind the other, that are a part's in step after step.</summary>
    private Row? RowsOf(Buffer part, int size) =>
        (scan.RowOf(part) ?? (_rows.TryGetValue(part, out Row known) ? known : null)) is { } row && row.Stride == size ? row : null;

    /// <summary>A product over rows of x, of which the first is not the buffer's where the steps run backwards: then it is a scan of one step.</summary>
    private Kernel OverRows(AffineWeightGradient gradient, Row x)
    {
        if (x.Offset == 0)
            return gradient with { X = x.Of };
        var rows = new Buffer(x.Of.Named("Rows"), scan.Steps * x.Stride, BufferRole.Activation);
        Kernel product = gradient with { X = rows };
        var row = new Row(rows, x.Of, x.Offset, 0);
        return new Scan(product.Name + "OfRows", 1, false, EquatableArray.Of(row), default, EquatableArray.Of(product), default, product.Formula);
    }

    private Buffer? WholeGradient(Buffer part, int size)
    {
        if (RowsOf(part, size) is { Offset: 0, Of: var whole })
            return whole;
        if (_rows.ContainsKey(part) || scan.Carries.Any(c => CarriedOf(c) == part))
            return null;
        var all = new Buffer(part.Named("Rows"), scan.Steps * size, BufferRole.Activation);
        _rows[part] = new Row(part, all, 0, size);
        return all;
    }

    /// <summary>Wants every gradient: what a derivative can need at most.</summary>
    private sealed class All : IGradients
    {
        public Buffer Of(Buffer output) => new(output.Named("Gradient"), output.Size, BufferRole.Activation);

        public Operand? Wanted(Buffer input) => new(Of(input), Access.Overwrite);

        public Operand? WantedPart(Buffer input, int from, int size) => Wanted(input);

        public Buffer? WantedParameter(Buffer? parameter) => parameter?.Gradient();

        public bool Has(Buffer output) => true;

        public bool Share(Buffer input, Buffer with) => false;

        public void Add(Kernel kernel)
        {
        }
    }
}
