using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Loops;

/// <summary>
/// What a kernel writes vector code with. It is written for the lanes of any width, in loops; or, where all of it is few vectors, for one width, written out.
/// Where elements are fewer than a vector of four holds, they are its first lanes.
/// </summary>
/// <param name="lanes">The lanes of the one width; null for any.</param>
/// <param name="isStraight">Loops are written out.</param>
/// <param name="start">Where a buffer begins.</param>
/// <param name="widest">The most lanes that it is run with.</param>
internal sealed class VectorCode(CodeBuilder code, int? lanes, bool isStraight, Func<Ir.Buffer, Address> start, int widest = VectorCode.MostLanes)
{
    /// <summary>A vector holds no fewer elements than this: every processor has four lanes.</summary>
    public const int FewestLanes = 4;

    /// <summary>The most that a vector holds: what these divide has no rest at any width.</summary>
    public const int MostLanes = 16;

    /// <summary>How many samples a method over samples is given.</summary>
    public static readonly Term Samples = new Argument("samples", Kind.Int);

    public CodeBuilder Code { get; } = code;

    /// <summary>The lanes of the one width that it is written for; null for any.</summary>
    public int? Lanes { get; } = lanes;

    /// <summary>The most lanes that it is run with: what these divide has no rest.</summary>
    public int Widest { get; } = lanes ?? widest;

    public bool IsStraight { get; } = isStraight;

    /// <summary>It is written for one lane: numbers, in loops over indices, one at a time.</summary>
    public bool IsOfNumbers => Lanes == 1;

    /// <summary>Where the width is the runtime's: is told of every number of neighbours that has to fill a vector.</summary>
    public Action<int>? Fills { get; init; }

    public Address Start(Ir.Buffer buffer) => start(buffer);

    /// <summary>So many elements and vectors, as a number.</summary>
    public Term Number(Offset offset) => Lanes is { } l ? offset.Elements + (offset.Vectors * l)
        : offset.Vectors == 0 ? offset.Elements
        : offset.Elements == 0 ? LanesTimes(offset.Vectors)
        : offset.Elements < 0 ? LanesTimes(offset.Vectors) - (Term)(-offset.Elements)
        : offset.Vectors < 0 ? (Term)offset.Elements - LanesTimes(-offset.Vectors)
        : (Term)offset.Elements + LanesTimes(offset.Vectors);

    private static Term LanesTimes(int count) => count == 1 ? Term.Lanes : (Term)count * Term.Lanes;

    /// <summary>
    /// Runs a body over so many neighbours as <c>count</c> says, a vector at a time, from the one on that <c>start</c> says, and returns the first of those
    /// that are left.
    /// </summary>
    public void OverCounted(IReadOnlyList<Address> addresses, Action<Address[], Part> body)
    {
        Term count = new Argument("count", Kind.Int);
        Local k = Code.Variable("k", new Argument("start", Kind.Int));
        Code.While(new Get(k), count - Term.Lanes, () =>
        {
            body([.. addresses.Select(a => new Address(Code.Enter(a.Memory.Hint + "K", a.Memory, new Get(k))))], Part.Whole);
            Code.Increase(k, Term.Lanes);
        });
        Code.Return(new Get(k));
    }

    /// <summary>The same over all of them, one at a time.</summary>
    public void OverAll(IReadOnlyList<Address> addresses, Action<Address[], Part> body) => Code.For("k", new Argument("count", Kind.Int), 1, k =>
        body([.. addresses.Select(a => new Address(Code.Enter(a.Memory.Hint, a.Memory, k)))], Part.Whole));

    /// <summary>Runs a body over the few that are left, fewer than a vector holds, from <c>done</c> on.</summary>
    public void OverLeft(IReadOnlyList<Address> addresses, Action<Address[], Part> body)
    {
        Term done = new Argument("done", Kind.Int);
        body([.. addresses.Select(a => new Address(Code.Enter(a.Memory.Hint + "K", a.Memory, done)))], new Part.First(new Argument("count", Kind.Int) - done));
    }

    /// <summary>They fill no vector of any width.</summary>
    public bool IsFew(int count) => count < FewestLanes && !IsOfNumbers;

    /// <summary>How many whole vectors so many elements fill.</summary>
    public Term Vectors(int count) => Lanes is { } l ? count / l : (Term)count / Term.Lanes;

    /// <summary>
    /// Runs a body so many times, over addresses that move on by a stride each time: a loop over places that move, or written out.
    /// </summary>
    public void Repeat(Term trips, IReadOnlyList<(string Hint, Address From, Offset By)> moving, Action<Address[]> body, bool? isWrittenOut = null, string index = "i")
    {
        if (trips is IntNumber { Value: var count } && (count <= 1 || (isWrittenOut ?? IsStraight)))
        {
            for (int trip = 0; trip < count; trip++)
                body([.. moving.Select(m => m.From + (m.By * trip))]);
            return;
        }

        if (IsOfNumbers)
        {
            Code.For(index, trips, 1, i => body([.. moving.Select(m => new Address(Code.Enter(m.Hint, m.From.Memory, Number(m.From.Offset) + (i * Number(m.By)))))]));
            return;
        }

        Memory[] places = [.. moving.Select(m => Code.Enter(m.Hint, m.From.Memory, Number(m.From.Offset)))];
        Code.For(index, trips, 1, _ =>
        {
            body([.. places.Select(static p => new Address(p))]);
            for (int k = 0; k < places.Length; k++)
            {
                if (moving[k].By != 0)
                    Code.Add(new Advance(places[k], Number(moving[k].By)));
            }
        });
    }

    /// <summary>The same as a loop, which goes from the last to the first where a number is 1, not 0.</summary>
    /// <param name="isBackwards">Null for never.</param>
    public void RepeatEitherWay(int trips, IReadOnlyList<(string Hint, Address From, Offset By)> moving, Term? isBackwards, Action<Address[]> body)
    {
        if (isBackwards is null)
        {
            Repeat(trips, moving, body);
            return;
        }

        Memory[] places = [.. moving.Select(m => Code.Enter(m.Hint, m.From.Memory, Plus(m.From.Offset, Number(m.By * (trips - 1)) * isBackwards)))];
        Term[] strides = [.. moving.Select(m => Code.Let("by", Number(m.By) - (Number(m.By * 2) * isBackwards)))];
        Code.For("i", trips, 1, _ =>
        {
            body([.. places.Select(static p => new Address(p))]);
            for (int k = 0; k < places.Length; k++)
                Code.Add(new Advance(places[k], strides[k]));
        });
    }

    /// <summary>
    /// Runs a body over so many neighbours, a vector at a time. The last vector is moved back over elements that the one before it holds.
    /// </summary>
    /// <param name="once">What the body does must not happen twice to an element: it is told by a mask which lanes count.</param>
    public void Over(int count, bool once, IReadOnlyList<(string Hint, Address From)> addresses, Action<Address[], Part> body) =>
        Over(count, once, [.. addresses.Select(static a => (a.Hint, a.From, 1))], body);

    /// <summary>The same where neighbours stand so far apart.</summary>
    public void Over(int count, bool once, int stride, IReadOnlyList<(string Hint, Address From)> addresses, Action<Address[], Part> body) =>
        Over(count, once, [.. addresses.Select(a => (a.Hint, a.From, stride))], body);

    /// <summary>The same where an address moves on by so many elements for each of the neighbours.</summary>
    public void Over(int count, bool once, IReadOnlyList<(string Hint, Address From, int Each)> addresses, Action<Address[], Part> body)
    {
        Fills?.Invoke(count);
        if (IsFew(count))
        {
            body([.. addresses.Select(static a => a.From)], new Part.First((Term)count));
            return;
        }

        CheckFilled(count);
        bool? isWrittenOut = Lanes is { } l && count / l <= 2 ? true : null;
        Repeat(Vectors(count), [.. addresses.Select(static a => (a.Hint, a.From, new Offset(0, a.Each)))], at => body(at, Part.Whole), isWrittenOut, IsOfNumbers ? "k" : "i");
        if (count % Widest == 0)
            return;
        void Last() => body([.. addresses.Select(a => a.From + (new Offset(count, -1) * a.Each))], once ? new Part.Last(Mask(count)) : Part.Whole);
        if (Lanes is null)
            Code.When((Term)count % Term.Lanes, Last);
        else
            Last();
    }

    /// <summary>The same of one width, each vector by itself: where it begins, and which of it counts.</summary>
    public void OverWrittenOut(int count, bool once, Action<int, Part> body)
    {
        int lanes = Lanes!.Value;
        if (IsFew(count))
        {
            body(0, new Part.First(count));
            return;
        }

        CheckFilled(count);
        for (int at = 0; at + lanes <= count; at += lanes)
            body(at, Part.Whole);
        if (count % lanes != 0)
            body(count - lanes, once ? new Part.Last(Mask(count)) : Part.Whole);
    }

    /// <summary>
    /// The same with so many vectors at once, as long as there are as many: a loop over groups of them, then one over the vectors that are left.
    /// </summary>
    public void OverSeveral(int count, int most, bool once, IReadOnlyList<(string Hint, Address From)> addresses, Action<(Address[] At, Part Part)[]> body)
    {
        Fills?.Invoke(count);
        if (IsFew(count))
        {
            body([([.. addresses.Select(static a => a.From)], new Part.First(count))]);
            return;
        }

        if (Lanes is { } lanes && (IsStraight || (!IsOfNumbers && count <= most * lanes)))
        {
            var parts = new List<(Address[], Part)>();
            OverWrittenOut(count, once, (at, part) => parts.Add(([.. addresses.Select(a => a.From + at)], part)));
            body([.. parts]);
            return;
        }

        int group = 1;
        while (!IsOfNumbers && 2 * group <= most && 2 * group * Widest <= count)
            group *= 2;
        if (group == 1)
        {
            Over(count, once, addresses, (at, part) => body([(at, part)]));
            return;
        }

        Repeat(Vectors(count) / group, [.. addresses.Select(a => (a.Hint, a.From, new Offset(0, group)))],
            at => body([.. Enumerable.Range(0, group).Select(k => (at.Select(a => a + new Offset(0, k)).ToArray(), Part.Whole))]));
        if (count % (group * Widest) == 0)
            return;
        OverRest(Vectors(count) / group * Number(new Offset(0, group)), count, once, addresses, (at, part) => body([(at, part)]));
    }

    /// <summary>The same with one text for all vectors, the last one among them: for bodies that are long.</summary>
    public void OverInOneLoop(int count, bool once, IReadOnlyList<(string Hint, Address From)> addresses, Action<Address[], Part> body)
    {
        Fills?.Invoke(count);
        if (IsFew(count) || count % Widest == 0)
            Over(count, once, addresses, body);
        else
            OverRest(0, count, once, addresses, body);
    }

    /// <summary>Runs a body for every vector from an element on. It is told where the vector begins: the last one is moved back.</summary>
    private void OverRest(Term from, int count, bool once, IReadOnlyList<(string Hint, Address From)> addresses, Action<Address[], Part> body)
    {
        CheckFilled(count);
        Code.For("k", from, count, Number(new Offset(0, 1)), k =>
        {
            if (count % Widest == 0)
            {
                // Every vector is whole.
                body([.. addresses.Select(a => new Address(Code.Enter(a.Hint, a.From.Memory, Plus(a.From.Offset, k))))], Part.Whole);
                return;
            }

            Term at = Code.Let("at", Term.Of(Operation.Min, k, Number(new Offset(count, -1))));
            Address[] vectors = [.. addresses.Select(a => new Address(Code.Enter(a.Hint, a.From.Memory, Plus(a.From.Offset, at))))];
            body(vectors, once ? new Part.Last(Code.Let("isNew", new LastLanes((Term)count - k))) : Part.Whole);
        });
    }

    /// <summary>A vector that is moved back stays within the elements: they fill one of every width that runs it.</summary>
    private void CheckFilled(int count)
    {
        if (Fills is null && count < Widest)
            throw new InvalidOperationException($"{count} elements do not fill a vector of {Widest}");
    }

    private Term Plus(Offset offset, Term at) => offset == default ? at : Number(offset) + at;

    /// <summary>
    /// The same with several vectors at a time, each told by the number of its chain: what is summed up by them waits less. Each lane is told once.
    /// </summary>
    public void OverInChains(int count, int chains, IReadOnlyList<(string Hint, Address From)> addresses, Action<Address[], Part, int> body)
    {
        Fills?.Invoke(count);
        if (chains == 1)
        {
            Over(count, once: true, addresses, (at, part) => body(at, part, 0));
            return;
        }

        CheckFilled(count);
        Repeat(Lanes is { } l ? count / (chains * l) : Vectors(count) / chains, [.. addresses.Select(a => (a.Hint, a.From, new Offset(0, chains)))], at =>
        {
            for (int chain = 0; chain < chains; chain++)
            {
                int k = chain;
                body([.. at.Select(a => a + new Offset(0, k))], Part.Whole, chain);
            }
        });
        if (count % (chains * Widest) == 0)
            return;
        if (Lanes is { } lanes)
        {
            for (int at = count / (chains * lanes) * chains * lanes, chain = 0; at + lanes <= count; at += lanes)
                body([.. addresses.Select(a => a.From + at)], Part.Whole, chain++);
            if (count % lanes != 0)
                body([.. addresses.Select(a => a.From + (count - lanes))], new Part.Last(Mask(count)), 0);
            return;
        }

        // The vectors that are left, then the last, beside them.
        Code.For("k", Vectors(count) / chains * Number(new Offset(0, chains)), Number(new Offset(count + 1, -1)), Term.Lanes, k =>
            body([.. addresses.Select(a => new Address(Code.Enter(a.Hint, a.From.Memory, Plus(a.From.Offset, k))))], Part.Whole, 0));
        if (count % Widest != 0)
        {
            Code.When((Term)count % Term.Lanes, () =>
                body([.. addresses.Select(a => a.From + new Offset(count, -1))], new Part.Last(Mask(count)), 1));
        }
    }

    /// <summary>In how many chains a sum over so many neighbours is worth having: a power of two.</summary>
    public int ChainsFor(int count, int most)
    {
        int chains = 1;
        while (!IsOfNumbers && 2 * chains <= most && 2 * chains * MostLanes <= count)
            chains *= 2;
        return chains;
    }

    /// <summary>The sum of the chains' sums, in pairs.</summary>
    public static Term Joined(IReadOnlyList<Local> chains) => chains.Count == 1 ? new Get(chains[0])
        : Joined([.. chains.Take(chains.Count / 2)]) + Joined([.. chains.Skip(chains.Count / 2)]);

    /// <summary>The lanes of the last vector over so many elements that no other vector holds.</summary>
    private Term Mask(int count) => Code.Let("isNew", new LastLanes(Lanes is { } l ? count % l : (Term)count % Term.Lanes));

    /// <summary>The sum of terms over so many neighbours, as a number: each lane adds up by itself, and at the end the lanes.</summary>
    /// <param name="term">0 in the lanes that do not count.</param>
    /// <param name="stride">From one of the neighbours to the next.</param>
    public Term Sum(int count, IReadOnlyList<(string Hint, Address From)> addresses, Func<VectorCode, Address[], Part, Term> term, int stride = 1)
    {
        // A single lane adds up all of it: in double, since several would meet with as few roundings each.
        Local sums = Code.Variable("sums", IsOfNumbers ? new DoubleNumber(0) : Term.Zero);
        Over(count, once: true, stride, addresses, (at, part) => Code.Increase(sums, term(this, at, part)));
        return Code.Let("sum", IsOfNumbers ? Term.Of(Operation.ToFloat, new Get(sums)) : Term.Of(Operation.Sum, new Get(sums)));
    }

    public Term Load(Address address, Part part) => part is Part.First first ? LoadFirst(address, first.Count) : Load(address);

    public Term Load(Address address) => new Load(address.Memory, Number(address.Offset), Kind.Vector);

    /// <summary>Four elements, or the first few of them.</summary>
    public Term LoadFour(Address address, Part part) => part is Part.First first && !CanReadWhole(address)
        ? new Gathered("LoadFirst", address.Memory, Number(address.Offset), first.Count, Kind.Four)
        : new Load(address.Memory, Number(address.Offset), Kind.Four);

    /// <summary>The same with 0 in the lanes that do not count.</summary>
    public Term LoadZeroed(Address address, Part part) => part switch
    {
        Part.Last last => Load(address) & last.Mask,
        Part.First first when CanReadWhole(address) => Counted(Load(address), first),
        _ => Load(address, part),
    };

    /// <summary>0 in the lanes that do not count.</summary>
    public static Term Counted(Term value, Part part) => part switch
    {
        Part.Last last => value & last.Mask,
        Part.First first => value & new FirstLanes(first.Count),
        _ => value,
    };

    /// <summary>Elements that stand alone are read one by one where a whole vector may not be.</summary>
    private Term LoadFirst(Address address, Term count) => CanReadWhole(address) ? Load(address) : new Gathered("LoadFirst", address.Memory, Number(address.Offset), count);

    private static bool CanReadWhole(Address address) => address.Offset.Vectors == 0 && address.Offset.Elements + FewestLanes <= address.Readable;

    private static bool CanWriteWhole(Address address, Part.First first) =>
        first.Count is IntNumber n && address.Offset.Vectors == 0 && address.Offset.Elements + n.Value >= address.End && address.Offset.Elements + FewestLanes <= address.Writable;

    /// <summary>Writes the lanes that count.</summary>
    public void Store(Address address, Part part, Term value)
    {
        switch (part)
        {
            case Part.First first when !CanWriteWhole(address, first):
                Code.Run("StoreFirst", value, Passed.At(address.Memory, Number(address.Offset)), first.Count);
                break;
            case Part.Last last:
                Store(address, Term.Of(Operation.Select, last.Mask, value, Load(address)));
                break;
            default:
                Store(address, value);
                break;
        }
    }

    public void Store(Address address, Term value) => Code.Store(address.Memory, Number(address.Offset), value);

    /// <summary>One element.</summary>
    public Term Element(Address address) => new Load(address.Memory, Number(address.Offset), Kind.Float);

    /// <summary>An element so many behind, which is known at run time.</summary>
    public Term Element(Address address, Term behind) => new Load(address.Memory, Plus(address.Offset, behind), Kind.Float);

    public void StoreElement(Address address, Term value) => Code.Store(address.Memory, Number(address.Offset), value);

    public void StoreElement(Address address, Term behind, Term value) => Code.Store(address.Memory, Plus(address.Offset, behind), value);

    /// <summary>One element in all lanes.</summary>
    public Term All(Address address) => Term.All(Element(address));
}
