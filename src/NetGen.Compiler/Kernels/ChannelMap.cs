using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>A variable of a formula, and what it is read from.</summary>
internal readonly record struct Source(string Variable, Buffer Buffer);

/// <summary>
/// y = f(x, …; c, …) for each row of x and each channel, where some variables are the same for every row: channels stand innermost, or each is a plane of its
/// rows.
/// Derivative: dx = dy ∂f/∂x, such a kernel too, and for a trained parameter dc = sum over the rows of dy ∂f/∂c (<see cref="ChannelSum"/>). What is hoisted is
/// taken as it is and has no gradient.
/// </summary>
/// <param name="Values">Variables with a value for each row and channel.</param>
/// <param name="PerChannel">Variables with a value for each channel.</param>
/// <param name="Hoisted">What is computed once for each channel, by name, over those and each other.</param>
/// <param name="Text">The formula for people.</param>
/// <param name="IsPlanes">The rows of each channel stand together (<see cref="Planes"/>).</param>
internal sealed record ChannelMap(
    string Name, EquatableArray<Source> Values, EquatableArray<Source> PerChannel, EquatableArray<(string Name, Expr Formula)> Hoisted,
    Buffer Y, Access YAccess, Expr Function, int Rows, int Channels, string Text, bool IsPlanes = false) : Kernel(Name)
{
    /// <summary>
    /// Of a tiny network it runs over lanes too. Not where a parameter is trained or a batch has statistics, for which there is no such form: then blocks serve.
    /// </summary>
    public bool HasLanes { get; init; }

    public override IEnumerable<Operand> Operands =>
        [.. Values.Concat(PerChannel).Select(static s => new Operand(s.Buffer, Access.Read)), new(Y, YAccess)];

    public override long MultiplyAdds => 0;

    public override string Formula => KernelNames.Assign(Y, YAccess, Text) + (Rows > 1 && Channels > 1 ? Invariant($", for each of {Channels} channels") : "");

    public override void Differentiate(IGradients gradients)
    {
        foreach (Source x in Values)
        {
            if (gradients.Wanted(x.Buffer) is { } dx)
                gradients.Add(Gradient(x.Variable, gradients.Of(Y), dx));
        }

        foreach (Source c in PerChannel)
        {
            if (c.Buffer.Role == BufferRole.Parameter && gradients.WantedParameter(c.Buffer) is { } dc)
                gradients.Add(new ChannelSum(KernelNames.Gradient(Name, NameScope.Pascal(c.Variable)), Gradient(c.Variable, gradients.Of(Y), new Operand(dc, Access.Accumulate))));
        }
    }

    /// <summary>dy ∂f/∂x for one of the variables.</summary>
    private ChannelMap Gradient(string variable, Buffer dy, Operand dx)
    {
        Expr derivative = Expr.Var("dy") * Function.Derivative(variable);
        EquatableArray<(string Name, Expr Formula)> hoisted = Needed(derivative);
        bool IsRead(Source s) => derivative.Contains(Expr.Var(s.Variable)) || hoisted.Any(h => h.Formula.Contains(Expr.Var(s.Variable)));
        return new ChannelMap(
            KernelNames.Gradient(Name, "Input"), Values.Where(IsRead).Prepend(new Source("dy", dy)).ToEquatable(), PerChannel.Where(IsRead).ToEquatable(), hoisted,
            dx.Buffer, dx.Access, derivative, Rows, Channels, ExprPrinter.Describe(derivative), IsPlanes) { HasLanes = HasLanes };
    }

    private EquatableArray<(string Name, Expr Formula)> Needed(Expr formula)
    {
        var needed = new List<(string Name, Expr Formula)>();
        foreach ((string Name, Expr Formula) h in Hoisted.Reverse())
        {
            if (formula.Contains(Expr.Var(h.Name)) || needed.Any(n => n.Formula.Contains(Expr.Var(h.Name))))
                needed.Insert(0, h);
        }

        return needed.ToEquatable();
    }

    /// <summary>
    /// Roots and quotients are computed once for a block. Not of planes, where they are few: there it costs more to read a channel of one sample after another,
    /// which stand a power of two apart, than to compute them again.
    /// </summary>
    public override bool EmitBlock(BlockWriter w)
    {
        if (Hoisted.Count == 0 || Channels == 1 || IsPlanes || !w.Dialect.HasVectors)
            return false;
        w.OverSamples(this);
        return true;
    }

    public override bool EmitLanes(LaneWriter w)
    {
        if (!HasLanes)
            return false;
        if (Rows == 1)
        {
            w.WriteEach(new Operand(Y, YAccess), Values.Select(static s => s.Buffer), k => OfLanes(w, k, k));
            return true;
        }

        for (int k = 0; k < Y.Size; k++)
            w.Write(new Operand(Y, YAccess), k, OfLanes(w, k, IsPlanes ? k / Rows : k % Channels));
        return true;
    }

    /// <summary>The formula of an element of every sample.</summary>
    private Term OfLanes(LaneWriter w, Term element, Term channel)
    {
        var terms = new Dictionary<string, Term>();
        foreach (Source s in PerChannel)
            terms[s.Variable] = w.Code.Let(s.Variable, w.Parameter(s.Buffer, channel));
        foreach ((string name, Expr formula) in Hoisted)
            terms[name] = w.Code.Let(name, ExprTerms.Of(formula, variable => terms[variable]));
        foreach (Source s in Values)
            terms[s.Variable] = w.ReadAt(s.Buffer, element);
        return ExprTerms.Of(Function, variable => terms[variable]);
    }

    public override void EmitOverBatch(KernelWriter w, System.Func<Buffer, int> stride) => w.Vectors(Channels, v =>
        OverChannels(v, once: YAccess != Access.Overwrite, (at, part) =>
        {
            IReadOnlyDictionary<string, Term> constants = ConstantsOf(v, at, part);
            List<(string, Address, Offset)> moving =
                [.. Values.Select((s, k) => (s.Variable + "OfSample", at[k], (Offset)stride(s.Buffer))), ("yOfSample", at[at.Length - 1], stride(Y))];
            v.Repeat(VectorCode.Samples, moving, of => WriteRows(v, of, part, constants));
        }));

    public override void Emit(KernelWriter w)
    {
        bool once = YAccess != Access.Overwrite;
        if (IsPlanes)
            PlaneMap.Emit(w, this);
        else if (Channels == 1)
        {
            w.Vectors(Rows, v =>
            {
                IReadOnlyDictionary<string, Term> constants = ConstantsOfOne(v, [.. PerChannel.Select(s => v.Start(s.Buffer))]);
                v.Over(Rows, once, [.. Values.Select(s => (s.Variable + "At", v.Start(s.Buffer))), ("yAt", v.Start(Y))],
                    (at, part) => v.Store(at[Values.Count], part, Value(v, at, part, constants)));
            });
        }
        else
        {
            w.Vectors(Channels, v => OverChannels(
                v, once, (at, part) => WriteRows(v, [.. at.Take(Values.Count), at[at.Length - 1]], part, ConstantsOf(v, at, part))));
        }
    }

    /// <summary>A body for every vector of channels.</summary>
    /// <param name="body">Is told where they begin in each value's buffer, then in those with a value for each channel, then in the result.</param>
    public void OverChannels(VectorCode v, bool once, System.Action<Address[], Part> body) => v.Over(
        Channels, once, [.. Values.Concat(PerChannel).Select(s => (s.Variable + "At", v.Start(s.Buffer))), ("yAt", v.Start(Y))], body);

    /// <param name="at">Where the channels begin in each value's buffer, and in the result.</param>
    private void WriteRows(VectorCode v, Address[] at, Part part, IReadOnlyDictionary<string, Term> constants) => v.Repeat(
        Rows, [.. at.Select((a, k) => (k < Values.Count ? Values[k].Variable + "Row" : "yRow", a, (Offset)Channels))],
        row => v.Store(row[Values.Count], part, Value(v, row, part, constants)), isWrittenOut: Rows <= Tuning.Pools.FewRows);

    /// <summary>Declares what is the same for every row, for a vector of channels.</summary>
    /// <param name="at">What <see cref="OverChannels"/> tells.</param>
    public IReadOnlyDictionary<string, Term> ConstantsOf(VectorCode v, Address[] at, Part part) => ConstantsOf(v, k => v.Load(at[Values.Count + k], part));

    /// <summary>The same for a single channel, in every lane.</summary>
    /// <param name="at">Where the channel stands in each buffer that has one value of it.</param>
    public IReadOnlyDictionary<string, Term> ConstantsOfOne(VectorCode v, Address[] at)
    {
        // As numbers first: a root or a quotient of a vector costs several times that of a number.
        Dictionary<string, Term> numbers = PerChannel.Select((s, k) => (s.Variable, Term: v.Element(at[k]))).ToDictionary(static p => p.Variable, static p => p.Term);
        foreach ((string name, Expr formula) in Hoisted)
            numbers[name] = v.Code.Let(name, ExprTerms.OfNumbers(formula, variable => numbers[variable]));
        return Function.Parts().OfType<Variable>().Select(static p => p.Name).Distinct().Where(numbers.ContainsKey)
            .ToDictionary(static name => name, name => v.Code.Let(name, Term.All(numbers[name])));
    }

    private Dictionary<string, Term> ConstantsOf(VectorCode v, System.Func<int, Term> perChannel)
    {
        var constants = new Dictionary<string, Term>();
        for (int k = 0; k < PerChannel.Count; k++)
            constants[PerChannel[k].Variable] = v.Code.Let(PerChannel[k].Variable, perChannel(k));
        foreach ((string name, Expr formula) in Hoisted)
            constants[name] = v.Code.Let(name, ExprTerms.Of(formula, variable => constants[variable]));
        return constants;
    }

    /// <summary>The formula for a vector, with what was there before it where it adds.</summary>
    /// <param name="at">Where the values stand, and then the result where it adds.</param>
    public Term Value(VectorCode v, Address[] at, Part part, IReadOnlyDictionary<string, Term> constants)
    {
        Term[] values = [.. Values.Select((s, k) => v.Code.Let(s.Variable, v.Load(at[k], part)))];
        Expr formula = YAccess == Access.Accumulate ? Expr.Var("before") + Function : Function;
        return ExprTerms.Of(formula, name => name == "before" ? v.Load(at[Values.Count], part)
            : constants.TryGetValue(name, out Term? constant) ? constant
            : values[Values.ToList().FindIndex(s => s.Variable == name)]);
    }
}
