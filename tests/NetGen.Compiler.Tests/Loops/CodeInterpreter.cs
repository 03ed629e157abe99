using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;

namespace NetGen.Compiler.Tests.Loops;

/// <summary>
/// Runs Code for so many lanes, step by step, in float32 as a processor would. Every access to memory is checked. What it has no meaning for, such as the
/// micro-kernels
/// that are written by hand, it refuses.
/// </summary>
/// <param name="memory">What the method is handed, by the names of its parameters.</param>
/// <param name="numbers">The numbers that it is handed.</param>
internal sealed class CodeInterpreter(int lanes, IReadOnlyDictionary<string, CodeMemory> memory, IReadOnlyDictionary<string, double> numbers)
{
    private readonly Dictionary<Local, CodeValue> _locals = [];
    private readonly Dictionary<Memory, CodePlace> _places = [];

    private enum Flow { Next, Break, Return }

    /// <summary>What the method gives back; null where it returns nothing.</summary>
    public double? Returned { get; private set; }

    public void Run(IReadOnlyList<Step> steps)
    {
        if (RunBlock(steps) == Flow.Break)
            throw new InvalidOperationException("a break outside of a loop");
    }

    private Flow RunBlock(IReadOnlyList<Step> steps)
    {
        Flow flow = Flow.Next;
        for (int k = 0; k < steps.Count && flow == Flow.Next; k++)
            flow = RunStep(steps[k]);

        // What a block declares is gone behind it, as in C#.
        foreach (Step step in steps)
        {
            switch (step)
            {
                case Let let:
                    _locals.Remove(let.Local);
                    break;
                case Enter enter:
                    _places.Remove(enter.Place);
                    break;
                case Reserve reserve:
                    _places.Remove(reserve.Place);
                    break;
                case Run run:
                    foreach (Local result in run.Results)
                        _locals.Remove(result);
                    break;
            }
        }

        return flow;
    }

    private Flow RunStep(Step step)
    {
        switch (step)
        {
            case Let let:
                _locals.Add(let.Local, Of(let.Value));
                return Flow.Next;
            case Set set:
                _locals[set.Local] = _locals.ContainsKey(set.Local) ? Of(set.Value) : throw new InvalidOperationException($"{set.Local.Hint} is not declared");
                return Flow.Next;
            case Enter enter:
                _places.Add(enter.Place, PlaceOf(enter.Memory) + IntOf(enter.Offset));
                return Flow.Next;
            case Reserve reserve:
                _places.Add(reserve.Place, new CodePlace(CodeMemory.Reserved(reserve.Place.Hint, reserve.Count), 0));
                return Flow.Next;
            case Advance advance:
                _places[advance.Place] = PlaceOf(advance.Place) + IntOf(advance.By);
                return Flow.Next;
            case Store store:
                Write(PlaceOf(store.Memory) + IntOf(store.Offset), Of(store.Value));
                return Flow.Next;
            case Run run:
                RunMember(run);
                return Flow.Next;
            case For loop:
                return RunFor(loop);
            case While loop:
                return Repeat(() => IntOf(loop.Left) <= IntOf(loop.Right), loop.Body, static () => { });
            case When condition:
                return Of(condition.Number).Number != 0 ? RunBlock(condition.Body) : Flow.Next;
            case If choice:
                return RunBlock(Of(choice.Condition).Number != 0 ? choice.Body : choice.Otherwise);
            case Break:
                return Flow.Break;
            case Return r:
                Returned = Of(r.Value).Number;
                return Flow.Return;
            case Say:
                return Flow.Next;
            default:
                throw new NotSupportedException($"no meaning for {step.GetType().Name}");
        }
    }

    private Flow RunFor(For loop)
    {
        _locals.Add(loop.Index, Of(loop.From));
        Flow flow = Repeat(() => IntOf(new Get(loop.Index)) < IntOf(loop.End), loop.Body, () =>
            _locals[loop.Index] = new CodeValue(IntOf(new Get(loop.Index)) + IntOf(loop.By)));
        _locals.Remove(loop.Index);
        return flow;
    }

    private Flow Repeat(Func<bool> goesOn, IReadOnlyList<Step> body, Action next)
    {
        for (int trips = 0; goesOn(); trips++)
        {
            if (trips > 1_000_000)
                throw new InvalidOperationException("a loop that does not end");
            switch (RunBlock(body))
            {
                case Flow.Return:
                    return Flow.Return;
                case Flow.Break:
                    return Flow.Next;
                default:
                    next();
                    break;
            }
        }

        return Flow.Next;
    }

    private void RunMember(Run run)
    {
        Passed[] a = [.. run.Arguments];
        int Int(int k) => IntOf(a[k].Value!);
        CodePlace Place(int k) => PlaceOf(a[k].Memory!) + (a[k].Offset is { } offset ? IntOf(offset) : 0);
        switch (run.Method)
        {
            case "StoreFirst":
                float[] value = Of(a[0].Value!).Lanes!;
                for (int k = 0; k < Int(2); k++)
                    Place(1).SetFloat(k, value[k]);
                break;
            case "Transpose":
                for (int row = 0; row < Int(0); row++)
                {
                    for (int column = 0; column < Int(1); column++)
                        Place(4).SetFloat((column * Int(5)) + row, Place(2).Float((row * Int(3)) + column));
                }

                break;
            case "Columns" or "ColumnsOfTwo" or "ColumnsOfThree":
                int step = run.Method == "Columns" ? Int(1) : run.Results.Count;
                for (int k = 0; k < run.Results.Count; k++)
                    _locals.Add(run.Results[k], Vector(Kind.Vector, lane => Place(0).Float((lane * step) + k)));
                break;
            case "StoreColumns" or "StoreColumnsOfTwo" or "StoreColumnsOfThree" or "StoreColumn":
                int columns = a.TakeWhile(static p => p.Value is not null).Count();
                int stride = run.Method is "StoreColumns" or "StoreColumn" ? Int(columns + 1) : columns;
                for (int k = 0; k < columns; k++)
                {
                    float[] column = Of(a[k].Value!).Lanes!;
                    for (int lane = 0; lane < lanes; lane++)
                        Place(columns).SetFloat((lane * stride) + k, column[lane]);
                }

                break;
            case "AddSums" or "AddSumsOfFour":
                int group = run.Method == "AddSums" ? 8 : 4;
                for (int k = 0; k < group; k++)
                    Add(Place(group + 1), k, Of(a[group].Value!).Number * Of(a[k].Value!).Lanes!.Sum());
                break;
            case "AddLaneProducts":
                AddLaneProducts(Int(0), Int(1), Place(2), Int(3), Place(4), Int(5), Place(6), Of(a[7].Value!).Number);
                break;
            case "AddLaneRows":
                AddLaneProducts(Int(0), Int(1), null, 1, Place(2), Int(3), Place(4), Of(a[5].Value!).Number);
                break;
            default:
                throw new NotSupportedException($"{run.Method} is written by hand");
        }
    }

    private static void Add(CodePlace to, int k, double value) => to.SetFloat(k, (float)(to.Float(k) + value));

    /// <summary>The sums over samples of row × column, or of the columns alone, as the helpers' summaries say.</summary>
    private void AddLaneProducts(int end, int step, CodePlace? a, int rows, CodePlace b, int columns, CodePlace c, double factor)
    {
        if (columns % 8 != 0)
            throw new InvalidOperationException($"{columns} columns are no multiple of eight");
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double sum = 0;
                for (int k = 0; k < end; k += step)
                {
                    for (int lane = 0; lane < lanes; lane++)
                        sum += (double)(a?.Float(k + (row * lanes) + lane) ?? 1) * b.Float(k + (column * lanes) + lane);
                }

                Add(c, (row * columns) + column, factor * sum);
            }
        }
    }

    private CodePlace PlaceOf(Memory of) => of.IsParameter ? new CodePlace(memory[of.Hint], 0)
        : _places.TryGetValue(of, out CodePlace place) ? place : throw new InvalidOperationException($"{of.Hint} is no place here");

    private int CountOf(Kind kind) => kind == Kind.Four ? 4 : kind == Kind.Doubles ? lanes / 2 : lanes;

    private int IntOf(Term term) => checked((int)Of(term).Number);

    private CodeValue Vector(Kind kind, Func<int, float> lane)
    {
        float[] vector = new float[CountOf(kind)];
        for (int k = 0; k < vector.Length; k++)
            vector[k] = lane(k);
        return new CodeValue(vector);
    }

    private static void Write(CodePlace place, CodeValue value)
    {
        if (value.Lanes is { } vector)
        {
            for (int k = 0; k < vector.Length; k++)
                place.SetFloat(k, vector[k]);
        }
        else
            place.SetFloat(0, (float)value.Number);
    }

    private CodeValue Of(Term term) => term switch
    {
        IntNumber n => new CodeValue(n.Value),
        FloatNumber f => new CodeValue(f.Value),
        DoubleNumber d => new CodeValue(d.Value),
        Argument a => new CodeValue(numbers[a.Name]),
        LaneCount => new CodeValue(lanes),
        Get g => _locals.TryGetValue(g.Local, out CodeValue value) ? value : throw new InvalidOperationException($"{g.Local.Hint} is not declared"),
        LastLanes l => Mask(lane => lane >= lanes - IntOf(l.Count)),
        FirstLanes f => Mask(lane => lane < IntOf(f.Count)),
        Load { Kind: Kind.Int } l => new CodeValue((PlaceOf(l.Memory) + IntOf(l.Offset)).Int(0)),
        // Printed, it would be the number that the 16 bits are as a whole one.
        Load { Kind: Kind.Float, Memory.Storage: not Storage.Float32 } l => throw new InvalidOperationException($"{l.Memory.Hint} is not widened"),
        Load { Kind: Kind.Float } l => new CodeValue((PlaceOf(l.Memory) + IntOf(l.Offset)).Float(0)),
        Load l => LoadVector(PlaceOf(l.Memory) + IntOf(l.Offset), l.Kind),
        Gathered g => Gather(g, PlaceOf(g.Memory) + IntOf(g.Offset)),
        CallFunction c => CodeOperations.Each(Of(c.X), x => (float)ExprValue.Call(c.Function, x)),
        Apply a => CodeOperations.Apply(a, [.. a.Operands.Select(Of)], CountOf(a.Kind)),
        _ => throw new NotSupportedException($"no meaning for {term.GetType().Name}"),
    };

    private CodeValue LoadVector(CodePlace place, Kind kind) => Vector(kind, place.Float);

    private CodeValue Gather(Gathered g, CodePlace place)
    {
        int step = g.Step is null ? 0 : IntOf(g.Step);
        return g.Member switch
        {
            "LoadFirst" => Vector(g.Kind, lane => lane < step ? place.Float(lane) : 0),
            "Column" => Vector(g.Kind, lane => place.Float(lane * step)),
            _ => throw new NotSupportedException($"no meaning for {g.Member}"),
        };
    }

    private CodeValue Mask(Func<int, bool> isSet) => Vector(Kind.Vector, lane => CodeOperations.Bits(isSet(lane)));
}
