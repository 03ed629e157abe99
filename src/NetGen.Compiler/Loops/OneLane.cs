using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Loops;

/// <summary>
/// Vector code for one lane as code over numbers, for targets without vectors and for what no vector holds: a mask becomes a condition, a place in memory an
/// index, and what is 0 for want of a second lane goes.
/// </summary>
internal sealed class OneLane
{
    // Places that move on are locals; any other is where it begins, written into each index.
    private readonly HashSet<Memory> _moving = [];
    private readonly Dictionary<Memory, (Memory Root, Term At)> _places = [];

    // What stands for a local: another with the kind of one lane, or what it is equal to.
    private readonly Dictionary<Local, Term> _values = [];

    // Locals that are set somewhere, as far as is known; those of one lane in their place; and those that are set to something else than they were.
    private readonly HashSet<Local> _changing, _changingOfOne = [], _set = [];

    private OneLane(IEnumerable<Step> steps, HashSet<Local> changing)
    {
        _changing = changing;
        foreach (Advance advance in All(steps).OfType<Advance>())
            _moving.Add(advance.Place);
    }

    public static IReadOnlyList<Step> Of(IReadOnlyList<Step> steps)
    {
        HashSet<Local> changing = [.. All(steps).OfType<Set>().Select(static s => s.Local)];
        while (true)
        {
            // What only ever had nothing added to it is a constant, which shows what else is one.
            var lane = new OneLane(steps, changing);
            IReadOnlyList<Step> result = lane.Block(steps);
            HashSet<Local> still = [.. changing.Where(l => lane._set.Contains(l))];
            if (still.Count == changing.Count)
                return result;
            changing = still;
        }
    }

    private static IEnumerable<Step> All(IEnumerable<Step> steps) => steps.SelectMany(static s => All(s switch
    {
        For f => f.Body,
        While w => w.Body,
        When w => w.Body,
        If i => [.. i.Body, .. i.Otherwise],
        _ => [],
    }).Prepend(s));

    private List<Step> Block(IEnumerable<Step> steps)
    {
        var result = new List<Step>();
        foreach (Step step in steps)
            Add(result, step);
        return result;
    }

    private void Add(List<Step> to, Step step)
    {
        switch (step)
        {
            case Let let:
                Declare(to, let.Local, Of(let.Value));
                break;
            case Set set:
                Term value = Of(set.Value), before = _values[set.Local];
                if (value == before)
                    break;
                _set.Add(set.Local);
                to.Add(new Set(((Get)before).Local, value));
                break;
            case Enter enter:
                (Memory root, Term at) = Place(enter.Memory, Of(enter.Offset));
                if (_moving.Contains(enter.Place) || !IsShort(at))
                {
                    var index = new Local(enter.Place.Hint, Kind.Int);
                    to.Add(new Let(index, at));
                    at = new Get(index);
                }

                _places[enter.Place] = (root, at);
                break;
            case Advance advance:
                Local moved = ((Get)_places[advance.Place].At).Local;
                to.Add(new Set(moved, new Get(moved) + Of(advance.By)));
                break;
            case Store store:
                (Memory memory, Term offset) = Place(store.Memory, Of(store.Offset));
                to.Add(new Store(memory, offset, Of(store.Value)));
                break;
            case For loop:
                var counter = new Local(loop.Index.Hint, Kind.Int);
                _values[loop.Index] = new Get(counter);
                to.Add(new For(counter, Of(loop.From), Of(loop.End), Of(loop.By), Block(loop.Body)));
                break;
            case While loop:
                to.Add(new While(Of(loop.Left), Of(loop.Right), Block(loop.Body)));
                break;
            case When { Number: var number, Body: var body } when Of(number) is not IntNumber { Value: 0 }:
                to.Add(new When(Of(number), Block(body)));
                break;
            case When:
                break;
            case If choice:
                to.Add(new If(Of(choice.Condition), Block(choice.Body), Block(choice.Otherwise)));
                break;
            case Return r:
                to.Add(new Return(Of(r.Value)));
                break;
            case Break or Say:
                to.Add(step);
                break;
            default:
                throw new InvalidOperationException($"{step.GetType().Name} is nothing that numbers do");
        }
    }

    private void Declare(List<Step> to, Local local, Term value)
    {
        bool isKnown = value is FloatNumber or DoubleNumber or IntNumber || (value is Get get && !_changingOfOne.Contains(get.Local));
        if (isKnown && !_changing.Contains(local))
        {
            _values[local] = value;
            return;
        }

        var ofOne = new Local(local.Hint, value.Kind);
        if (_changing.Contains(local))
            _changingOfOne.Add(ofOne);
        _values[local] = new Get(ofOne);
        to.Add(new Let(ofOne, value));
    }

    private (Memory Root, Term At) Place(Memory memory, Term offset) =>
        _places.TryGetValue(memory, out (Memory Root, Term At) place) ? (place.Root, Plus(place.At, offset)) : (memory, offset);

    /// <summary>An index that may be written wherever it is needed: a counter, perhaps times something, and a constant.</summary>
    private static bool IsShort(Term at) => at switch
    {
        IntNumber or Get or Argument => true,
        Apply { Operation: Operation.Multiply } a => a.Operands.All(static o => o is Get or IntNumber),
        Apply { Operation: Operation.Add } a => a.Operands[1] is IntNumber && IsShort(a.Operands[0]),
        _ => false,
    };

    /// <summary>The sum of two indices, the constants behind.</summary>
    private static Term Plus(Term a, Term b) => (a, b) switch
    {
        (IntNumber { Value: 0 }, _) => b,
        (_, IntNumber { Value: 0 }) => a,
        (IntNumber x, IntNumber y) => x.Value + y.Value,
        (IntNumber, _) => Plus(b, a),
        (Apply { Operation: Operation.Add } s, IntNumber y) when s.Operands[1] is IntNumber x => Plus(s.Operands[0], x.Value + y.Value),
        (Apply { Operation: Operation.Add } s, _) when s.Operands[1] is IntNumber x => Plus(Plus(s.Operands[0], b), x),
        (_, Apply { Operation: Operation.Add } s) when s.Operands[1] is IntNumber => Plus(Plus(a, s.Operands[0]), s.Operands[1]),
        _ => new Apply(Operation.Add, EquatableArray.Of(a, b), Kind.Int),
    };

    private Term Of(Term term) => term switch
    {
        IntNumber or FloatNumber or DoubleNumber or Argument => term,
        LaneCount => 1,
        Get g => _values[g.Local],
        Load l => OfLoad(l),
        Uniform u => new Uniform(u.Stream, Of(u.Element)),
        CallFunction c => new CallFunction(c.Function, Of(c.X)),
        Apply a => Of(a.Operation, [.. a.Operands.Select(Of)], a.Kind),
        _ => throw new InvalidOperationException($"{term.GetType().Name} is no number"),
    };

    private Load OfLoad(Load load)
    {
        (Memory memory, Term offset) = Place(load.Memory, Of(load.Offset));
        return new Load(memory, offset, load.Kind == Kind.Int ? Kind.Int : Kind.Float);
    }

    private static Term Of(Operation operation, Term[] o, Kind kind)
    {
        Kind ofOne = kind switch
        {
            Kind.Vector or Kind.Four => Kind.Float,
            Kind.Doubles => Kind.Double,
            _ => kind,
        };
        bool IsZero(Term t) => t is FloatNumber { Value: 0 } or DoubleNumber { Value: 0 } or IntNumber { Value: 0 };
        bool IsOne(Term t) => t is FloatNumber { Value: 1 } or DoubleNumber { Value: 1 } or IntNumber { Value: 1 };
        bool IsMask(Term t) => t.Kind == Kind.Bool;
        Term Choose(Term condition, Term then, Term otherwise) => new Apply(Operation.Select, EquatableArray.Of(condition, then, otherwise), then.Kind);
        Term Number(float value) => ofOne == Kind.Double ? new DoubleNumber(value) : new FloatNumber(value);
        switch (operation)
        {
            case Operation.Zero or Operation.Ascending:
                return Number(0);
            case Operation.One:
                return Number(1);
            case Operation.Create or Operation.Sum or Operation.Largest or Operation.FirstLane or Operation.Reverse:
                return o[0];
            case Operation.WidenLower:
                return new Apply(Operation.ToDouble, EquatableArray.Of(o[0]), Kind.Double);
            case Operation.WidenUpper:
                return new DoubleNumber(0);
            case Operation.Narrow:
                return new Apply(Operation.ToFloat, EquatableArray.Of(o[0]), Kind.Float);
            case Operation.Equal when o[0] == o[1]:
                // What tells whether it is a number at all: C# warns of a comparison with itself.
                return new Apply(Operation.GreaterOrEqual, EquatableArray.Of(o[0], new FloatNumber(float.NegativeInfinity)), Kind.Bool);
            case Operation.Equal or Operation.Greater or Operation.GreaterOrEqual or Operation.Less:
                return new Apply(operation, o.ToEquatable(), Kind.Bool);
            case Operation.And or Operation.Or when IsMask(o[0]) && IsMask(o[1]):
                return new Apply(operation, o.ToEquatable(), Kind.Bool);
            case Operation.And when IsMask(o[1]):
                return Choose(o[1], o[0], new FloatNumber(0));
            case Operation.And when IsMask(o[0]):
                return Choose(o[0], o[1], new FloatNumber(0));
            case Operation.AndNot when IsMask(o[0]):
                return new Apply(Operation.And, EquatableArray.Of(o[0], new Apply(Operation.Not, EquatableArray.Of(o[1]), Kind.Bool)), Kind.Bool);
            case Operation.AndNot:
                return Choose(o[1], new FloatNumber(0), o[0]);
            case Operation.Select:
                return Choose(o[0], o[1], o[2]);
            case Operation.MultiplyAdd:
                return Of(Operation.Add, [o[2], Of(Operation.Multiply, [o[0], o[1]], kind)], kind);
            case Operation.MaxNative:
                return new Apply(Operation.Max, o.ToEquatable(), ofOne);
            case Operation.MinNative:
                return new Apply(Operation.Min, o.ToEquatable(), ofOne);
            case Operation.Add when ofOne == Kind.Int:
                return Plus(o[0], o[1]);
            case Operation.Add when IsZero(o[1]):
                return o[0];
            case Operation.Add when IsZero(o[0]):
                return o[1];
            case Operation.Multiply when IsOne(o[1]):
                return o[0];
            case Operation.Multiply when IsOne(o[0]):
                return o[1];
            case Operation.Multiply when IsZero(o[0]) && IsZero(o[1]):
                return o[0];
            case Operation.Multiply when (o[0], o[1]) is (IntNumber x, IntNumber y):
                return x.Value * y.Value;
            case Operation.Remainder when IsOne(o[1]):
                return 0;
            case Operation.Divide when ofOne == Kind.Int && IsOne(o[1]):
                return o[0];
            case Operation.Subtract when IsZero(o[1]):
                return o[0];
            case Operation.Subtract when (o[0], o[1]) is (IntNumber x, IntNumber y):
                return x.Value - y.Value;
            case Operation.Subtract or Operation.Multiply or Operation.Divide or Operation.Add or Operation.Negate or Operation.Max or Operation.Min or Operation.Abs or Operation.Sqrt
                or Operation.Remainder or Operation.ToFloat or Operation.ToDouble or Operation.ToInt:
                return new Apply(operation, o.ToEquatable(), ofOne);
            default:
                throw new InvalidOperationException($"{operation} is of several lanes");
        }
    }
}
