using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Loops;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// Global pools over planes: each is joined by vectors along it, and what those give of several channels is joined over the lanes side by side.
/// </summary>
internal static class GlobalPoolPlanes
{
    /// <summary>So many vectors of a plane are joined apart, so that additions do not wait for each other.</summary>
    private const int MostChains = 4;

    /// <summary>Channels whose sums one vector of four holds.</summary>
    private const int AtOnce = 4;

    public static void Emit(KernelWriter w, GlobalPool pool) => w.Vectors(pool.Positions, v =>
    {
        int channels = pool.Y.Size, whole = channels / AtOnce, done = whole * AtOnce;
        Address x = v.Start(pool.X), y = v.Start(pool.Y);
        v.Repeat(whole, [("xs", x, AtOnce * pool.Positions), ("ys", y, AtOnce)], at => WriteGroup(v, pool, at[0], at[1], AtOnce), isWrittenOut: false);
        if (done < channels)
            WriteGroup(v, pool, x + (done * pool.Positions), y + done, channels - done);
    });

    private static void WriteGroup(VectorCode v, GlobalPool pool, Address x, Address y, int channels)
    {
        Term[] planes = [.. Enumerable.Range(0, channels).Select(k => v.Code.Let("plane", JoinPlane(v, pool, x + (k * pool.Positions))))];
        if (!pool.IsMax)
        {
            v.Store(y, channels == AtOnce ? Part.Whole : new Part.First(channels), Term.SumsOf(planes) * PoolVectors.ShareOf(pool.Positions, Kind.Four));
            return;
        }

        for (int k = 0; k < channels; k++)
            v.StoreElement(y + k, Term.Of(Operation.Largest, planes[k]));
    }

    /// <summary>The largest, or the sum, of what each lane sees of a plane.</summary>
    private static Term JoinPlane(VectorCode v, GlobalPool pool, Address x)
    {
        int chains = VectorCode.ChainsFor(pool.Positions, MostChains);
        Local[] joined = [.. Enumerable.Range(0, chains).Select(_ => pool.IsMax ? v.Code.Variable("largest", v.Load(x)) : v.Code.Variable("sum", Term.Zero))];
        v.OverInChains(pool.Positions, chains, [("xAt", x)], (at, part, chain) =>
            v.Code.Set(joined[chain], PoolVectors.Join(pool.IsMax, new Get(joined[chain]), pool.IsMax ? v.Load(at[0], part) : v.LoadZeroed(at[0], part))));
        return PoolVectors.JoinAll(v, pool.IsMax, [.. joined.Select(static j => new Get(j))]);
    }

    public static void Emit(KernelWriter w, GlobalPoolGradient gradient) => w.Vectors(gradient.Positions, v =>
    {
        List<(string, Address, Offset)> moving = [("dxOf", v.Start(gradient.Dx), gradient.Positions), ("dyOf", v.Start(gradient.Dy), 1)];
        if (gradient.IsMax)
            moving.AddRange([("xOf", v.Start(gradient.X), gradient.Positions), ("yOf", v.Start(gradient.Y), 1)]);
        v.Repeat(gradient.Dy.Size, moving, at =>
        {
            if (!gradient.IsMax)
                WriteEqual(v, gradient, at[0], v.Code.Let("share", v.All(at[1]) * PoolVectors.ShareOf(gradient.Positions)));
            else if (!gradient.Adds)
                WriteEqual(v, gradient, at[0], Term.Zero);
            if (!gradient.IsMax)
                return;
            v.Code.For("k", gradient.Positions, 1, k => v.Code.If(Term.Of(Operation.Equal, v.Element(at[2], k), v.Element(at[3])), () =>
            {
                v.StoreElement(at[0], k, v.Element(at[0], k) + v.Element(at[1]));
                v.Code.Break();
            }));
        }, isWrittenOut: false);
    });

    /// <summary>The same for all of a plane.</summary>
    private static void WriteEqual(VectorCode v, GlobalPoolGradient gradient, Address dx, Term share) =>
        v.OverSeveral(gradient.Positions, 4, once: gradient.Adds, [("dxAt", dx)], parts =>
        {
            foreach ((Address[] at, Part part) in parts)
                v.Store(at[0], part, gradient.Adds ? v.Load(at[0], part) + share : share);
        });
}
