using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>What a variable of a unit's formulas is read from: the unit's element of a buffer, counted from an offset.</summary>
internal readonly record struct UnitInput(string Variable, Buffer Buffer, int Offset);

/// <summary>A formula over a unit's inputs and the results before it.</summary>
/// <param name="Buffer">Where the result goes, from the offset on; null where only later formulas read it.</param>
internal readonly record struct UnitOutput(string Variable, Expr Formula, Buffer? Buffer, int Offset, Access Access = Access.Overwrite)
{
    /// <summary>
    /// Of a formula of one variable, its derivative over that and the result, where that of the formula as it stands would overflow, cancel or differ at a kink.
    /// </summary>
    public Expr? Derivative { get; init; }
}

/// <summary>
/// Several formulas for each of some units, one after another: what gates do with what was summed up for them.
/// Derivative: such a kernel too, which goes through the formulas from the last to the first and adds up what each is told by those that read it.
/// </summary>
/// <param name="Text">What it computes, for people.</param>
internal sealed record UnitMap(string Name, int Units, EquatableArray<UnitInput> Inputs, EquatableArray<UnitOutput> Outputs, string Text) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands
    {
        get
        {
            Buffer[] written = [.. Outputs.Where(static o => o.Buffer is not null).Select(static o => o.Buffer!).Distinct()];
            foreach (Buffer buffer in Inputs.Select(static i => i.Buffer).Distinct().Where(b => !written.Contains(b)))
                yield return new Operand(buffer, Access.Read);
            foreach (Buffer buffer in written)
            {
                bool adds = Outputs.Any(o => o.Buffer == buffer && o.Access == Access.Accumulate);
                yield return new Operand(buffer, Inputs.Any(i => i.Buffer == buffer) ? Access.Update : adds ? Access.Accumulate : Access.Overwrite);
            }
        }
    }

    public override long MultiplyAdds => 0;

    public override long Statements => 0;

    public override string Formula => Text;

    /// <summary>A buffer among the inputs that nothing else reads, so that values may be left in it.</summary>
    public Buffer? Free { get; init; }

    public override void Differentiate(IGradients gradients)
    {
        var inputs = new List<UnitInput>();
        var outputs = new List<UnitOutput>();
        var told = new Dictionary<string, Expr>();
        foreach (UnitOutput o in Outputs.Reverse())
        {
            Expr sum = told.TryGetValue(o.Variable, out Expr? known) ? known : 0;
            if (o.Buffer is { } y && gradients.Has(y))
            {
                string dy = GradientName(o.Variable + (o.Formula is Variable ? "Out" : "Next"));
                inputs.Add(new UnitInput(dy, gradients.Of(y), o.Offset));
                sum = Expr.Var(dy) + sum;
            }

            if (sum == 0)
                continue;
            // A name, so that what several formulas need of it is computed once.
            Expr gradient = sum;
            if (sum is not Variable)
            {
                outputs.Add(new UnitOutput(GradientName(o.Variable), sum, null, 0));
                gradient = Expr.Var(GradientName(o.Variable));
            }

            foreach (string variable in o.Formula.Parts().OfType<Variable>().Select(static v => v.Name).Distinct())
            {
                Expr term = gradient * (o.Derivative ?? o.Formula.Derivative(variable).Replace(o.Formula, Expr.Var(o.Variable)));
                told[variable] = told.TryGetValue(variable, out Expr? before) ? before + term : term;
            }
        }

        AddInputGradients(gradients, told, inputs, outputs);
        if (outputs.All(static o => o.Buffer is null))
            return;
        AddForward(inputs, outputs);
        gradients.Add(new UnitMap(KernelNames.Gradient(Name, ""), Units, inputs.ToEquatable(), outputs.ToEquatable(), "gradient of " + Text));
    }

    private static string GradientName(string variable) => "d" + NameScope.Pascal(variable);

    /// <summary>What each input is told, for those that want it. Inputs that are told the same share it.</summary>
    private void AddInputGradients(IGradients gradients, Dictionary<string, Expr> told, List<UnitInput> inputs, List<UnitOutput> outputs)
    {
        var written = new List<(Buffer Of, (int Offset, Expr Told)[] Parts)>();
        foreach (IGrouping<Buffer, UnitInput> input in Inputs.GroupBy(static i => i.Buffer))
        {
            (int Offset, Expr Told)[] parts = [.. input.Where(i => told.ContainsKey(i.Variable)).Select(i => (i.Offset, told[i.Variable])).OrderBy(static p => p.Offset)];
            if (parts.Length == 0)
                continue;
            Buffer? equal = written.FirstOrDefault(w => w.Of.Size == input.Key.Size && w.Parts.SequenceEqual(parts)).Of;
            if (equal is not null && gradients.Share(input.Key, equal))
                continue;
            // Neighbours, which may be a part of what several kernels read.
            int from = parts[0].Offset, size = parts[parts.Length - 1].Offset + Units - from;
            if ((size == parts.Length * Units ? gradients.WantedPart(input.Key, from, size) : gradients.Wanted(input.Key)) is not { } dx)
                continue;
            written.Add((input.Key, parts));
            foreach ((int offset, Expr expression) in parts)
                outputs.Add(new UnitOutput(Invariant($"to{outputs.Count}"), expression, dx.Buffer, offset, dx.Access));
        }
    }

    /// <summary>What the gradient's formulas read of the forward pass: from where it was kept, or computed again.</summary>
    private void AddForward(List<UnitInput> inputs, List<UnitOutput> outputs)
    {
        HashSet<string> wanted = [.. outputs.SelectMany(static o => o.Formula.Parts()).OfType<Variable>().Select(static v => v.Name)];
        foreach (UnitOutput o in Outputs.Reverse())
        {
            if (!wanted.Contains(o.Variable))
                continue;
            if (o.Buffer is { } kept)
            {
                inputs.Add(new UnitInput(o.Variable, kept, o.Offset));
                continue;
            }

            outputs.Insert(0, o);
            wanted.UnionWith(o.Formula.Parts().OfType<Variable>().Select(static v => v.Name));
        }

        inputs.AddRange(Inputs.Where(i => wanted.Contains(i.Variable)));
    }

    public override void Emit(KernelWriter w)
    {
        w.Vectors(Units, v => WriteSample(v, [.. OperandBuffers.Select(v.Start)]));
    }

    private Buffer[] OperandBuffers => [.. Operands.Select(static o => o.Buffer)];

    /// <param name="starts">Where each operand begins.</param>
    private void WriteSample(VectorCode v, IReadOnlyList<Address> starts)
    {
        Buffer[] buffers = OperandBuffers;
        // What is updated in place is not computed twice.
        bool once = Operands.Any(static o => o.Access is not (Access.Read or Access.Overwrite));
        v.OverInOneLoop(Units, once, [.. buffers.Select((b, k) => (b.Named("At"), starts[k]))], (at, part) =>
            WritePart(
                v, part, b => at[System.Array.IndexOf(buffers, b)], new Dictionary<string, Term>(), (_, address, value) => v.Store(address, part, value)));
    }

    /// <summary>The formulas for a vector of units.</summary>
    /// <param name="at">Where the first unit's element of a buffer stands.</param>
    /// <param name="known">Inputs that are there already.</param>
    /// <param name="store">Is told of every result, and where it goes.</param>
    public void WritePart(
        VectorCode v, Part part, System.Func<Buffer, Address> at, IReadOnlyDictionary<string, Term> known, System.Action<Buffer, Address, Term> store)
    {
        Dictionary<string, Term> values = known.ToDictionary(static k => k.Key, static k => k.Value);
        foreach (UnitInput i in Inputs.Where(i => !known.ContainsKey(i.Variable)))
            values[i.Variable] = v.Code.Let(i.Variable, v.Load(at(i.Buffer) + i.Offset, part));
        foreach (UnitOutput o in Outputs)
        {
            Term value = ExprTerms.Of(o.Formula, variable => values[variable]);
            if (o.Buffer is null || IsReadLater(o))
                values[o.Variable] = value = v.Code.Let(o.Variable, value);
            if (o.Buffer is not { } buffer)
                continue;
            Address address = at(buffer) + o.Offset;
            store(buffer, address, o.Access == Access.Accumulate ? v.Load(address, part) + value : value);
        }
    }

    public override bool EmitBlock(BlockWriter w)
    {
        if (!w.Dialect.HasVectors)
            return false;
        foreach (UnitMap phase in Phases())
            w.OverSamples(phase);
        return true;
    }

    public override void EmitOverBatch(KernelWriter w, System.Func<Buffer, int> stride) => w.Vectors(Units, v =>
        v.Repeat(VectorCode.Samples, [.. OperandBuffers.Select(b => (b.Named("OfSample"), v.Start(b), (Offset)stride(b)))], of => WriteSample(v, of)));

    /// <summary>
    /// The same in two goes over a block of samples where a function is taken of what functions give: what waits in one go is half as long, and a processor has
    /// more samples at hand while it waits. What the second go needs of the first is read from where it goes anyway, or left in <see cref="Free"/>.
    /// </summary>
    private IReadOnlyList<UnitMap> Phases()
    {
        var depths = new Dictionary<string, int>();
        var needs = new Dictionary<string, HashSet<string>>();
        foreach (UnitOutput o in Outputs)
        {
            string[] read = [.. VariablesOf(o)];
            needs[o.Variable] = [.. read, .. read.SelectMany(r => needs.TryGetValue(r, out HashSet<string>? more) ? more : [])];
            depths[o.Variable] = read.Select(r => depths.TryGetValue(r, out int depth) ? depth : 0).DefaultIfEmpty().Max() + (HasCall(o) ? 1 : 0);
        }

        HashSet<string> early = [.. Outputs.Where(o => HasCall(o) && depths[o.Variable] > 1).SelectMany(o => needs[o.Variable])];
        UnitOutput[] first = [.. Outputs.Where(o => early.Contains(o.Variable))], second = [.. Outputs.Where(o => !early.Contains(o.Variable))];
        if (first.Length == 0 || first.Any(static o => o.Access != Access.Overwrite))
            return [this];
        HashSet<string> wanted = [.. second.SelectMany(VariablesOf)];
        var inputs = new List<UnitInput>(Inputs.Where(i => wanted.Contains(i.Variable)));
        for (int k = 0; k < first.Length; k++)
        {
            if (!wanted.Contains(first[k].Variable))
                continue;
            if (first[k].Buffer is null)
            {
                string[] read = [.. VariablesOf(first[k])];
                UnitInput free = Inputs.FirstOrDefault(i => i.Buffer == Free && read.Contains(i.Variable) && Outputs.Count(o => o.Formula.Contains(Expr.Var(i.Variable))) == 1);
                if (Free is null || free.Buffer is null)
                    return [this];
                first[k] = first[k] with { Buffer = Free, Offset = free.Offset };
            }

            inputs.Add(new UnitInput(first[k].Variable, first[k].Buffer!, first[k].Offset));
        }

        // Nothing that the second go reads has been replaced by the first.
        if (Inputs.Any(i => wanted.Contains(i.Variable) && first.Any(o => o.Buffer == i.Buffer && o.Offset == i.Offset)))
            return [this];
        HashSet<string> begun = [.. first.SelectMany(VariablesOf)];
        return
        [
            this with { Name = Name + "First", Inputs = Inputs.Where(i => begun.Contains(i.Variable)).ToEquatable(), Outputs = first.ToEquatable(), Text = Text + ", first part" },
            this with { Name = Name + "Second", Inputs = inputs.ToEquatable(), Outputs = second.ToEquatable(), Text = Text + ", second part" },
        ];
    }

    private static IEnumerable<string> VariablesOf(UnitOutput output) => output.Formula.Parts().OfType<Variable>().Select(static v => v.Name);

    private static bool HasCall(UnitOutput output) => output.Formula.Parts().OfType<Call>().Any();

    private bool IsReadLater(UnitOutput output) =>
        Outputs.SkipWhile(o => o != output).Skip(1).Any(o => o.Formula.Contains(Expr.Var(output.Variable)));
}
