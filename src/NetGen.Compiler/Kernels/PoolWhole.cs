using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// Pools of whole channels. Of planes, each is joined by vectors along it, and what those give of several channels is joined over the lanes side by side.
/// Where channels stand side by side, so do their sums, several places at a time.
/// </summary>
internal static class PoolWhole
{
    /// <summary>Channels whose sums one vector of four holds.</summary>
    private const int AtOnce = 4;

    public static void EmitPlanes(KernelWriter w, Pool pool) => w.Vectors(PositionsOf(pool.Windows), v =>
    {
        int channels = pool.Y.Size, whole = channels / AtOnce, done = whole * AtOnce;
        Address x = v.Start(pool.X), y = v.Start(pool.Y);
        v.Repeat(whole, [("xs", x, AtOnce * PositionsOf(pool.Windows)), ("ys", y, AtOnce)], at => WriteGroup(v, pool, at[0], at[1], AtOnce), isWrittenOut: false);
        if (done < channels)
            WriteGroup(v, pool, x + (done * PositionsOf(pool.Windows)), y + done, channels - done);
    });

    private static void WriteGroup(VectorCode v, Pool pool, Address x, Address y, int channels)
    {
        Term[] planes = [.. Enumerable.Range(0, channels).Select(k => v.Code.Let("plane", JoinPlane(v, pool, x + (k * PositionsOf(pool.Windows)))))];
        if (!pool.IsMax)
        {
            v.Store(y, channels == AtOnce ? Part.Whole : new Part.First(channels), Term.SumsOf(planes) * PoolLoops.ShareOf(PositionsOf(pool.Windows), Kind.Four));
            return;
        }

        for (int k = 0; k < channels; k++)
            v.StoreElement(y + k, Term.Of(Operation.Largest, planes[k]));
    }

    /// <summary>The largest, or the sum, of what each lane sees of a plane.</summary>
    private static Term JoinPlane(VectorCode v, Pool pool, Address x)
    {
        int chains = v.ChainsFor(PositionsOf(pool.Windows), Tuning.Pools.PlaneChains);
        Local[] joined = [.. Enumerable.Range(0, chains).Select(_ => pool.IsMax ? v.Code.Variable("largest", v.Load(x)) : v.Code.Variable("sum", Term.Zero))];
        v.OverInChains(PositionsOf(pool.Windows), chains, [("xAt", x)], (at, part, chain) =>
            v.Code.Set(joined[chain], PoolLoops.Join(pool.IsMax, new Get(joined[chain]), pool.IsMax ? v.Load(at[0], part) : v.LoadZeroed(at[0], part))));
        return PoolLoops.JoinAll(v, pool.IsMax, [.. joined.Select(static j => new Get(j))]);
    }

    public static void EmitPlanes(KernelWriter w, PoolGradient gradient) => w.Vectors(PositionsOf(gradient.Windows), v =>
    {
        List<(string, Address, Offset)> moving = [("dxOf", v.Start(gradient.Dx), PositionsOf(gradient.Windows)), ("dyOf", v.Start(gradient.Dy), 1)];
        if (gradient.IsMax)
            moving.AddRange([("xOf", v.Start(gradient.X), PositionsOf(gradient.Windows)), ("yOf", v.Start(gradient.Y), 1)]);
        v.Repeat(gradient.Dy.Size, moving, at =>
        {
            if (!gradient.IsMax)
                WriteEqual(v, gradient, at[0], v.Code.Let("share", v.All(at[1]) * PoolLoops.ShareOf(PositionsOf(gradient.Windows))));
            else if (!gradient.Adds)
                WriteEqual(v, gradient, at[0], Term.Zero);
            if (!gradient.IsMax)
                return;
            v.Code.For("k", PositionsOf(gradient.Windows), 1, k => v.Code.If(Term.Of(Operation.Equal, v.Element(at[2], k), v.Element(at[3])), () =>
            {
                v.StoreElement(at[0], k, v.Element(at[0], k) + v.Element(at[1]));
                v.Code.Break();
            }));
        }, isWrittenOut: false);
    });

    /// <summary>The same for all of a plane.</summary>
    private static void WriteEqual(VectorCode v, PoolGradient gradient, Address dx, Term share) =>
        v.OverSeveral(PositionsOf(gradient.Windows), 4, once: gradient.Adds, [("dxAt", dx)], parts =>
        {
            foreach ((Address[] at, Part part) in parts)
                v.Store(at[0], part, gradient.Adds ? v.Load(at[0], part) + share : share);
        });

    public static void EmitChannels(KernelWriter w, Pool pool) => w.Vectors(pool.Windows.Channels, v => WriteChannels(v, pool, pool.Windows.Channels, PositionsOf(pool.Windows)));

    private static void WriteChannels(VectorCode v, Pool pool, int channels, int positions) => v.OverSeveral(channels, Tuning.Pools.ChannelSums, once: false, [("xs", v.Start(pool.X)), ("ys", v.Start(pool.Y))], parts =>
    {
        // Of few channels, several positions at a time.
        int atOnce = Math.Min(positions, Math.Max(1, Tuning.Pools.ChannelSums / parts.Length));
        Address x = parts[0].At[0];
        Term Load(Address at, int position, int k) => v.Load(at + (position * channels) + (parts[k].At[0].Offset - x.Offset), parts[k].Part);
        Local[][] joined = [.. Enumerable.Range(0, atOnce).Select(position =>
            parts.Select((_, k) => v.Code.Variable(pool.IsMax ? "largest" : "sum", Load(x, position, k))).ToArray())];
        void Add(Address at, int count)
        {
            for (int position = 0; position < count; position++)
            {
                for (int k = 0; k < parts.Length; k++)
                    v.Code.Set(joined[position][k], PoolLoops.Join(pool.IsMax, new Get(joined[position][k]), Load(at, position, k)));
            }
        }

        int trips = (positions / atOnce) - 1;
        v.Repeat(trips, [("xAt", x + (atOnce * channels), atOnce * channels)], at => Add(at[0], atOnce), isWrittenOut: trips <= 2);
        Add(x + ((trips + 1) * atOnce * channels), positions % atOnce);
        for (int k = 0; k < parts.Length; k++)
        {
            Term all = PoolLoops.JoinAll(v, pool.IsMax, [.. joined.Select(j => new Get(j[k]))]);
            v.Store(parts[k].At[1], parts[k].Part, pool.IsMax ? all : all * PoolLoops.ShareOf(positions));
        }
    });

    public static void EmitChannels(KernelWriter w, PoolGradient gradient) =>
        w.Vectors(gradient.Windows.Channels, v => WriteChannels(v, gradient, gradient.Windows.Channels, PositionsOf(gradient.Windows)));

    private static void WriteChannels(VectorCode v, PoolGradient gradient, int channels, int positions)
    {
        List<(string, Address)> places = [("dxs", v.Start(gradient.Dx)), ("dys", v.Start(gradient.Dy))];
        if (gradient.IsMax)
            places.AddRange([("xs", v.Start(gradient.X)), ("ys", v.Start(gradient.Y))]);
        // What is kept of each channel: what it gives, and its largest element.
        v.OverSeveral(channels, gradient.IsMax ? 4 : 8, gradient.Adds, places, parts =>
        {
            Local[] rest = [.. parts.Select(p => gradient.IsMax
                ? v.Code.Variable("rest", v.Load(p.At[1], p.Part))
                : v.Code.Variable("share", v.Load(p.At[1], p.Part) * PoolLoops.ShareOf(positions)))];
            Term[] largest = gradient.IsMax ? [.. parts.Select(p => v.Code.Let("largest", v.Load(p.At[3], p.Part)))] : [];
            List<(string, Address, Offset)> moving = [("dxAt", parts[0].At[0], channels)];
            if (gradient.IsMax)
                moving.Add(("xAt", parts[0].At[2], channels));
            v.Repeat(positions, moving, place =>
            {
                for (int k = 0; k < parts.Length; k++)
                {
                    Part part = parts[k].Part;
                    Offset beside = parts[k].At[0].Offset - parts[0].At[0].Offset;
                    Term given = new Get(rest[k]);
                    if (gradient.IsMax)
                    {
                        Term isLargest = v.Code.Let("isLargest", Term.Of(Operation.Equal, v.Load(place[1] + beside, part), largest[k]));
                        given &= isLargest;
                        v.Store(place[0] + beside, part, gradient.Adds ? v.Load(place[0] + beside, part) + given : given);
                        // A second largest element gets nothing.
                        v.Code.Set(rest[k], Term.Of(Operation.AndNot, new Get(rest[k]), isLargest));
                    }
                    else
                        v.Store(place[0] + beside, part, gradient.Adds ? v.Load(place[0] + beside, part) + given : given);
                }
            }, isWrittenOut: positions <= 4);
        });
    }

    private static int PositionsOf(PoolWindows windows) => (int)windows.Taps;
}
