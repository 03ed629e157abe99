using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Kernels;

/// <summary>A softmax, and the categorical cross-entropy of one, over neighbouring classes in whole vectors.</summary>
internal static class SoftmaxVectors
{
    /// <summary>Lanes that hold no class, or one that another vector holds already.</summary>
    public sealed record Classes(VectorWriter V, int Count)
    {
        public List<Chunk> Chunks { get; } = Chunk.Overlapping(Count, V.Lanes);

        public Lanes Lanes => Chunks[0].Lanes;

        /// <summary>How many vectors stand side by side before the one that was moved back.</summary>
        public int Regular => Chunks.Count > 1 && Repeated > 0 ? Chunks.Count - 1 : Chunks.Count;

        /// <summary>How many lanes of the last vector the one before it holds already.</summary>
        public int Repeated => Chunks.Count > 1 ? Chunks[Chunks.Count - 2].End - Chunks[Chunks.Count - 1].Offset : 0;

        /// <summary>The logits; a lane without a class holds what no class is below.</summary>
        public string Logits(Place z, Chunk chunk) => chunk.IsWhole
            ? V.Load(z, chunk)
            : VectorWriter.CanReadWhole(z.At(chunk.Offset), chunk.Lanes)
            ? $"{Lanes.Class}.ConditionalSelect({Lanes.MaskOf(chunk.Count)}, {V.Load(z, chunk)}, {Lanes.Broadcast("float.NegativeInfinity")})"
            : Lanes.Class + ".Create(" + string.Join(", ", Enumerable.Range(0, 4).Select(k => k < chunk.Count ? z.At(k).Element : "float.NegativeInfinity")) + ")";

        /// <summary>What keeps a sum from counting the lanes of a vector that another one holds already.</summary>
        public string Once(int chunk) => chunk > 0 && chunk == Chunks.Count - 1 && Repeated > 0 ? " * " + Lanes.KeepFrom(Repeated) : "";

        /// <summary>Runs a body for every vector; the sums of what it gives leave out what is repeated.</summary>
        public void ForEach(IReadOnlyList<(string Name, Place Start)> places, System.Action<Place[], Chunk, string> body)
        {
            V.Repeat(Regular, [.. places.Select(p => (p.Name, p.Start, Lanes.Count))], at => body(at, Chunks[0] with { Offset = 0 }, ""), Regular <= 2 ? true : null);
            if (Regular < Chunks.Count)
                body([.. places.Select(static p => p.Start)], Chunks[Chunks.Count - 1], " * " + Lanes.KeepFrom(Repeated));
        }
    }

    public static void Emit(VectorWriter v, Place x, Place y, int count)
    {
        var classes = new Classes(v, count);
        if (classes.Chunks.Count <= InRegisters)
        {
            EmitInRegisters(v, classes, x, y);
            return;
        }

        string max = EmitLargest(v, classes, x);
        string sums = v.Kernel.Local("sums");
        v.Code.Line($"var {sums} = {classes.Lanes.Zero};");
        classes.ForEach([("xs", x), ("ys", y)], (at, chunk, mask) =>
        {
            string e = v.Kernel.Local("e");
            v.Code.Line($"var {e} = {v.Dialect.Call(Function.Exp, chunk.Lanes, $"{classes.Logits(at[0], chunk)} - {max}")};");
            v.Code.Line($"{sums} += {e}{mask};");
            v.Store(at[1], chunk, e);
        });
        string share = v.Kernel.Local("share");
        v.Code.Line($"var {share} = {classes.Lanes.Type}.One / {classes.Lanes.Broadcast($"{classes.Lanes.Class}.Sum({sums})")};");
        // Every vector is read before any that shares elements with it is written.
        List<Chunk> disjoint = Chunk.Disjoint(count, v.Lanes);
        int regular = disjoint.TakeWhile(c => c.Lanes == v.Lanes && c.IsWhole).Count();
        string shareOf(Lanes lanes) => lanes == classes.Lanes ? share : $"{lanes.Class}.Create({classes.Lanes.Class}.ToScalar({share}))";
        v.Repeat(regular, [("ys", y, v.Lanes.Count)], at => v.Store(at[0], disjoint[0], $"{v.Load(at[0], disjoint[0])} * {share}"), regular <= 2 ? true : null);
        foreach (Chunk chunk in disjoint.Skip(regular))
            v.Store(y, chunk, $"{v.Load(y, chunk)} * {shareOf(chunk.Lanes)}");
    }

    /// <summary>Up to so many vectors of classes stay in registers from the logits to the end.</summary>
    private const int InRegisters = 2;

    private static void EmitInRegisters(VectorWriter v, Classes classes, Place x, Place y)
    {
        CodeWriter code = v.Code;
        string[] logits = LoadLogits(v, classes, x);
        string max = EmitLargest(v, classes, logits);
        string[] e = [.. logits.Select((z, c) => Declare(v, "e", v.Dialect.Call(Function.Exp, classes.Lanes, $"{z} - {max}")))];
        string sum = string.Join(" + ", e.Select((name, c) => name + classes.Once(c)));
        string share = Declare(v, "share", $"{classes.Lanes.Type}.One / {classes.Lanes.Broadcast($"{classes.Lanes.Class}.Sum({sum})")}");
        for (int c = 0; c < e.Length; c++)
            v.Store(y, classes.Chunks[c], $"{e[c]} * {share}");
    }

    private static string[] LoadLogits(VectorWriter v, Classes classes, Place x) =>
        [.. classes.Chunks.Select(chunk => Declare(v, "logits", classes.Logits(x, chunk)))];

    private static string EmitLargest(VectorWriter v, Classes classes, string[] logits)
    {
        v.Dialect.Use(Helper.Largest);
        string all = logits.Length == 1 ? logits[0] : $"{classes.Lanes.Class}.MaxNative({logits[0]}, {logits[1]})";
        return Declare(v, "max", classes.Lanes.Broadcast($"Largest({all})"));
    }

    public static string Declare(VectorWriter v, string name, string value)
    {
        string local = v.Kernel.Local(name);
        v.Code.Line($"var {local} = {value};");
        return local;
    }

    /// <summary>As <see cref="EmitLoss"/>, of few classes; a label is a target of 1 in its lane.</summary>
    private static void EmitLossInRegisters(VectorWriter v, Classes classes, Place z, Place target, Place? dz, bool hasLabels)
    {
        Lanes lanes = classes.Lanes;
        CodeWriter code = v.Code;
        string one = lanes.Type + ".One";
        int count = classes.Chunks.Count;
        string[] logits = LoadLogits(v, classes, z);
        string max = EmitLargest(v, classes, logits);
        string label = hasLabels ? Declare(v, "label", lanes.Broadcast($"(float){target.Element}")) : "";
        var below = new string[count];
        var e = new string[count];
        var t = new string[count];
        var isLargest = new string[count];
        for (int c = 0; c < count; c++)
        {
            Chunk chunk = classes.Chunks[c];
            below[c] = Declare(v, "below", $"{logits[c]} - {max}");
            if (c == 0)
                code.Line("// What the difference lost in rounding, which of a logit of 100 would be seen in the seventh digit; nothing, where it is infinite.");
            string back = Declare(v, "back", $"{logits[c]} - {below[c]}");
            string lost = Declare(v, "lost", $"{logits[c]} - ({below[c]} + {back}) + ({back} - {max})");
            string power = Declare(v, "power", v.Dialect.Call(Function.Exp, lanes, below[c]));
            e[c] = Declare(v, "e", lanes.MultiplyAdd(power, $"{lanes.Class}.BitwiseAnd({lost}, {lanes.Class}.Equals({lost}, {lost}))", power));
            isLargest[c] = Declare(v, "isLargest", $"{lanes.Class}.Equals({e[c]}, {one})");
            t[c] = Declare(v, "t", hasLabels
                ? $"{lanes.Class}.BitwiseAnd({lanes.Class}.Equals({label}, {lanes.Class}.Create({string.Join(", ", Enumerable.Range(chunk.Offset, lanes.Count).Select(k => System.FormattableString.Invariant($"{k}f")))})), {one})"
                : VectorWriter.LoadZeroed(target, chunk));
        }

        string Sum(System.Func<int, string> term) =>
            $"{lanes.Class}.Sum({string.Join(" + ", Enumerable.Range(0, count).Select(c => term(c) + classes.Once(c)))})";
        code.Line("// A second largest logit, or one so near that its e rounds to 1, counts as the rest's.");
        string rest = Declare(v, "rest", $"{Sum(c => $"{lanes.Class}.AndNot({e[c]}, {isLargest[c]})")} + ({Sum(c => $"{lanes.Class}.BitwiseAnd({one}, {isLargest[c]})")} - 1f)");
        string targetSum = hasLabels ? "1f" : Declare(v, "targetSum", Sum(c => t[c]));
        string logSum = $"{Lanes.Four.Class}.ToScalar({v.Dialect.Call(Function.LogP1, Lanes.Four, Lanes.Four.Class + $".CreateScalar({rest})")})";
        string own = Sum(c => $"{lanes.Class}.ConditionalSelect({lanes.Class}.Equals({t[c]}, {lanes.Zero}), {lanes.Zero}, {t[c]} * {below[c]})");
        code.Line($"loss += {(hasLabels ? logSum : $"{targetSum} * {logSum}")} - {own};");
        if (dz is not { } gradient)
            return;
        code.Line();
        code.Line("// f t' - t (1 - f), with t' the other targets' sum, is the gradient f - t without its cancellation.");
        string share = Declare(v, "share", lanes.Broadcast($"(float)scale / (1f + {rest})"));
        string restAll = Declare(v, "restAll", lanes.Broadcast(rest)), sumAll = hasLabels ? one : Declare(v, "targetSumAll", lanes.Broadcast(targetSum));
        for (int c = 0; c < count; c++)
        {
            string others = Declare(v, "others", $"{lanes.Class}.ConditionalSelect({isLargest[c]}, {restAll}, {one} + {restAll} - {e[c]})");
            v.Store(gradient, classes.Chunks[c], $"{share} * ({e[c]} * ({sumAll} - {t[c]}) - {t[c]} * {others})");
        }
    }

    /// <summary>The largest logit in all lanes of a local.</summary>
    public static string EmitLargest(VectorWriter v, Classes classes, Place x)
    {
        v.Dialect.Use(Helper.Largest);
        string largest = v.Kernel.Local("largest");
        v.Code.Line($"var {largest} = {classes.Logits(x, classes.Chunks[0])};");
        if (classes.Regular > 1)
        {
            v.Repeat(classes.Regular - 1, [("xs", x.At(classes.Lanes.Count), classes.Lanes.Count)],
                at => v.Code.Line($"{largest} = {classes.Lanes.Class}.MaxNative({largest}, {VectorWriter.Load(at[0], classes.Lanes)});"), classes.Regular <= 3 ? true : null);
        }

        if (classes.Regular < classes.Chunks.Count)
            v.Code.Line($"{largest} = {classes.Lanes.Class}.MaxNative({largest}, {v.Load(x, classes.Chunks[classes.Chunks.Count - 1])});");
        string max = v.Kernel.Local("max");
        v.Code.Line($"var {max} = {classes.Lanes.Broadcast($"Largest({largest})")};");
        return max;
    }

    /// <summary>
    /// The loss, and the gradient where <paramref name="dz"/> is not null. With e = e^(z - max) and rest = the sum of the e
    /// but for a largest one, log sum e = log(1 + rest), and 1 - softmax of the largest is rest / (1 + rest): nothing cancels,
    /// however certain the network is.
    /// </summary>
    public static void EmitLoss(VectorWriter v, Place z, Place target, Place? dz, int count, bool hasLabels)
    {
        var classes = new Classes(v, count);
        if (classes.Chunks.Count <= InRegisters)
        {
            EmitLossInRegisters(v, classes, z, target, dz, hasLabels);
            return;
        }

        CodeWriter code = v.Code;
        Lanes lanes = classes.Lanes;
        string max = EmitLargest(v, classes, z);
        string one = lanes.Type + ".One";
        string rests = v.Kernel.Local("rests"), ones = v.Kernel.Local("ones");
        code.Line($"var {rests} = {lanes.Zero};");
        code.Line($"var {ones} = {lanes.Zero};");
        string targets = v.Kernel.Local("targetSums"), losses = v.Kernel.Local("losses");
        if (!hasLabels)
        {
            code.Line($"var {targets} = {lanes.Zero};");
            code.Line($"var {losses} = {lanes.Zero};");
        }

        List<(string, Place)> places = [("zs", z)];
        if (!hasLabels)
            places.Add(("ts", target));
        if (dz is { } gradient)
            places.Add(("dzs", gradient));
        classes.ForEach(places, (at, chunk, mask) =>
        {
            string below = v.Kernel.Local("below"), e = v.Kernel.Local("e"), isLargest = v.Kernel.Local("isLargest");
            string logits = v.Kernel.Local("logits"), back = v.Kernel.Local("back"), lost = v.Kernel.Local("lost");
            code.Line($"var {logits} = {classes.Logits(at[0], chunk)};");
            code.Line($"var {below} = {logits} - {max};");
            // What the difference lost in rounding, which of a logit of 100 would be seen in the seventh digit; nothing, where it is infinite.
            code.Line($"var {back} = {logits} - {below};");
            code.Line($"var {lost} = {logits} - ({below} + {back}) + ({back} - {max});");
            code.Line($"var {e} = {v.Dialect.Call(Function.Exp, lanes, below)};");
            code.Line($"{e} = {lanes.MultiplyAdd(e, $"{lanes.Class}.BitwiseAnd({lost}, {lanes.Class}.Equals({lost}, {lost}))", e)};");
            code.Line($"var {isLargest} = {lanes.Class}.Equals({e}, {one});");
            code.Line($"{rests} += {lanes.Class}.AndNot({e}, {isLargest}){mask};");
            code.Line($"{ones} += {lanes.Class}.BitwiseAnd({one}, {isLargest}){mask};");
            if (!hasLabels)
            {
                string t = v.Kernel.Local("t");
                code.Line($"var {t} = {VectorWriter.LoadZeroed(at[1], chunk)};");
                code.Line($"{targets} += {t}{mask};");
                code.Line($"{losses} -= {lanes.Class}.ConditionalSelect({lanes.Class}.Equals({t}, {lanes.Zero}), {lanes.Zero}, {t} * {below}){mask};");
            }

            if (dz is not null)
                v.Store(at[at.Length - 1], chunk, e);
        });
        // A second largest logit, or one so near that its e rounds to 1, counts as the rest's.
        string rest = v.Kernel.Local("rest");
        code.Line($"float {rest} = {lanes.Class}.Sum({rests}) + ({lanes.Class}.Sum({ones}) - 1f);");
        string logSum = $"{Lanes.Four.Class}.ToScalar({v.Dialect.Call(Function.LogP1, Lanes.Four, Lanes.Four.Class + $".CreateScalar({rest})")})";
        if (hasLabels)
        {
            string label = v.Kernel.Local("label");
            code.Line($"int {label} = {target.Element};");
            code.Line($"loss += ({lanes.Class}.ToScalar({max}) - {VectorDialect.ElementOf(Behind(v, z), label)}) + {logSum};");
            if (dz is not { } d)
                return;
            string place = Behind(v, d);
            string element = VectorDialect.ElementOf(place, label);
            string own = v.Kernel.Local("own"), others = v.Kernel.Local("others");
            code.Line();
            code.Line("// The gradient is f, and at the label f - 1, taken as -(1 - f), which does not cancel.");
            code.Line($"float {own} = {element};");
            code.Line($"float {others} = {own} == 1f ? {rest} : 1f + {rest} - {own};");
            string share = v.Kernel.Local("share");
            code.Line($"float {share} = (float)scale / (1f + {rest});");
            Scale(v, d, count, share);
            code.Line($"{element} = -{others} * {share};");
            return;
        }

        string targetSum = v.Kernel.Local("targetSum");
        code.Line($"float {targetSum} = {lanes.Class}.Sum({targets});");
        code.Line($"loss += {lanes.Class}.Sum({losses}) + {targetSum} * {logSum};");
        if (dz is not { } dzPlace)
            return;
        code.Line();
        code.Line("// f t' - t (1 - f), with t' the other targets' sum, is the gradient f - t without its cancellation.");
        string factor = v.Kernel.Local("share");
        code.Line($"float {factor} = (float)scale / (1f + {rest});");
        foreach ((Lanes l, System.Action<System.Action<Place[], Chunk>> run) in Disjoint(v, count, [("ts", target), ("dzs", dzPlace)]))
        {
            string sumVector = v.Kernel.Local("targetSumAll"), shareVector = v.Kernel.Local("shareAll"), restVector = v.Kernel.Local("restAll");
            code.Line($"var {sumVector} = {l.Broadcast(targetSum)};");
            code.Line($"var {shareVector} = {l.Broadcast(factor)};");
            code.Line($"var {restVector} = {l.Broadcast(rest)};");
            run((at, chunk) =>
            {
                string e = v.Kernel.Local("e"), t = v.Kernel.Local("t"), others = v.Kernel.Local("others");
                code.Line($"var {e} = {v.Load(at[1], chunk)};");
                code.Line($"var {t} = {v.Load(at[0], chunk)};");
                code.Line($"var {others} = {l.Class}.ConditionalSelect({l.Class}.Equals({e}, {l.Type}.One), {restVector}, {l.Type}.One + {restVector} - {e});");
                v.Store(at[1], chunk, $"{shareVector} * ({e} * ({sumVector} - {t}) - {t} * {others})");
            });
        }
    }

    private static void Scale(VectorWriter v, Place place, int count, string factor)
    {
        foreach ((Lanes l, System.Action<System.Action<Place[], Chunk>> run) in Disjoint(v, count, [("dzs", place)]))
            run((at, chunk) => v.Store(at[0], chunk, $"{v.Load(at[0], chunk)} * {factor}"));
    }

    /// <summary>Runs over every element once: for each width the vectors of it, those of the widest in a loop.</summary>
    private static IEnumerable<(Lanes Lanes, System.Action<System.Action<Place[], Chunk>> Run)> Disjoint(VectorWriter v, int count, IReadOnlyList<(string Name, Place Start)> places)
    {
        foreach (IGrouping<Lanes, Chunk> width in Chunk.Disjoint(count, v.Lanes).GroupBy(static c => c.Lanes))
        {
            Chunk[] chunks = [.. width];
            yield return (width.Key, body =>
            {
                Chunk[] whole = [.. chunks.Where(static c => c.IsWhole)];
                if (whole.Length > 0)
                {
                    v.Repeat(whole.Length, [.. places.Select(p => (p.Name, p.Start.At(whole[0].Offset), width.Key.Count))],
                        at => body(at, whole[0] with { Offset = 0 }), whole.Length <= 2 ? true : null);
                }

                foreach (Chunk part in chunks.Where(static c => !c.IsWhole))
                    body([.. places.Select(static p => p.Start)], part);
            });
        }
    }

    /// <summary>A reference from which elements are counted at run time.</summary>
    private static string Behind(VectorWriter v, Place place)
    {
        if (place.Offset == 0)
            return place.Reference;
        string local = v.Kernel.Local("from");
        v.Code.Line($"ref float {local} = {VectorDialect.Reference(place.Reference, place.Offset)};");
        return local;
    }
}
