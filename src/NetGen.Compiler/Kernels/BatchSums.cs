using System;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;
using static System.FormattableString;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Kernels;

/// <summary>Sums over the rows of all samples: in float over one sample's, in double over the samples.</summary>
internal sealed class BatchSums(int rows, int channels, Func<Buffer, int> stride)
{
    /// <summary>How many rows all samples have, as a double.</summary>
    public Term Count(VectorCode v)
    {
        Term samples = Term.Of(Operation.ToDouble, VectorCode.Samples);
        return v.Code.Let("count", rows == 1 ? samples : samples * rows);
    }

    /// <summary>For a vector of channels: a sum for each name.</summary>
    /// <param name="terms">What is added, from one vector of each buffer.</param>
    public WideSum[] OfChannels(VectorCode v, Part part, (Buffer Buffer, Address Start)[] values, string[] names, Func<Term[], Term[]> terms)
    {
        WideSum[] sums = [.. names.Select(n => new WideSum(v.Code, n))];
        ForEachSample(v, values, of =>
        {
            Local[] ofSample = [.. names.Select(n => v.Code.Variable(n + "OfSample", Term.Zero))];
            v.Repeat(rows, [.. of.Select(at => ("row", at, (Offset)channels))], row =>
            {
                Term[] added = terms([.. row.Select(at => v.Code.Let("x", v.Load(at, part)))]);
                for (int s = 0; s < sums.Length; s++)
                    v.Code.Increase(ofSample[s], added[s]);
            }, isWrittenOut: rows <= Tuning.Pools.FewRows);
            for (int s = 0; s < sums.Length; s++)
                sums[s].Add(v.Code, new Get(ofSample[s]));
        });
        return sums;
    }

    /// <summary>
    /// For one channel, whose rows are a plane: a sum for each name, as a double. A sample's sums run in several vectors each, so that additions do not
    /// wait for each other.
    /// </summary>
    /// <param name="terms">What is added, from one vector of each buffer.</param>
    public Term[] OfPlanes(VectorCode v, (Buffer Buffer, Address Start)[] values, string[] names, Func<Term[], Term[]> terms)
    {
        WideSum[] sums = [.. names.Select(n => new WideSum(v.Code, n))];
        int chains = v.ChainsFor(rows, names.Length == 1 ? 4 : 2);
        ForEachSample(v, values, of =>
        {
            Local[][] ofSample = [.. names.Select(n => Enumerable.Range(0, chains).Select(_ => v.Code.Variable(n + "OfSample", Term.Zero)).ToArray())];
            v.OverInChains(rows, chains, [.. of.Select(static at => ("row", at))], (at, part, chain) =>
            {
                Term[] added = terms([.. at.Select(a => v.Code.Let("x", v.Load(a, part)))]);
                for (int s = 0; s < sums.Length; s++)
                    v.Code.Increase(ofSample[s][chain], VectorCode.Counted(added[s], part));
            });
            for (int s = 0; s < sums.Length; s++)
                sums[s].Add(v.Code, v.Code.Let("all", VectorCode.Joined(ofSample[s])));
        });
        return [.. sums.Zip(names, (sum, name) => v.Code.Let(name, sum.Total))];
    }

    private void ForEachSample(VectorCode v, (Buffer Buffer, Address Start)[] values, Action<Address[]> body) =>
        v.Repeat(VectorCode.Samples, [.. values.Select(x => ("ofSample", x.Start, (Offset)stride(x.Buffer)))], body);
}

/// <summary>Sums in double, one for each lane: of its lower half, and of its upper.</summary>
internal sealed class WideSum(CodeBuilder code, string name)
{
    private readonly Local _low = code.Variable(name + "Low", Term.ZeroOf(Kind.Doubles)), _high = code.Variable(name + "High", Term.ZeroOf(Kind.Doubles));

    public void Add(CodeBuilder code, Term floats)
    {
        code.Increase(_low, Term.Of(Operation.WidenLower, floats));
        code.Increase(_high, Term.Of(Operation.WidenUpper, floats));
    }

    /// <summary>The sums as floats.</summary>
    /// <param name="factor">What each is multiplied by first.</param>
    public Term Narrow(Term? factor = null) => factor is null
        ? Term.Of(Operation.Narrow, new Get(_low), new Get(_high))
        : Term.Of(Operation.Narrow, new Get(_low) * factor, new Get(_high) * factor);

    /// <summary>The sum over all lanes, as a double.</summary>
    public Term Total => Term.Of(Operation.Sum, new Get(_low) + new Get(_high));
}
