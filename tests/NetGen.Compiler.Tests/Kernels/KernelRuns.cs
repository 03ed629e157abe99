using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Tests.Loops;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Tests.Kernels;

/// <summary>Runs the code of kernels, interpreted, beside their definitions.</summary>
/// <param name="random">What is in memory.</param>
internal sealed class KernelRuns(System.Random random)
{
    /// <summary>Sums of some thousand terms near 1, in float32. What goes to the wrong place differs by more than a hundred times that.</summary>
    private const double Tolerance = 2e-5;

    /// <summary>What stands behind a parameter is another one. It may be multiplied by 0; any other use of it shows.</summary>
    private const float OtherParameter = 1000;

    private static readonly int[] s_processors = [4, 8, 16];

    /// <summary>Every schedule, for processors of every width; false where the kernel has no vector code, or not only that.</summary>
    public bool Assert(Kernel kernel)
    {
        bool runs = false;
        foreach (Schedule schedule in Schedule.Of(kernel))
        {
            (Buffer, int, int)[] surroundings = [.. BuffersOf(kernel).Select(SurroundingsOf)];
            var code = KernelCode.Of(kernel, schedule, surroundings);
            if (!code.IsWhole)
                return false;
            Compare(kernel, surroundings, 1, static b => b.Size, (processor, memory, numbers) => code.Run(processor, memory, numbers), schedule.ToString());
            runs = true;
        }

        return runs;
    }

    /// <summary>The same over numbers; false where its code for those is text, or not whole.</summary>
    public bool AssertOfNumbers(Kernel kernel)
    {
        // Weights of 16 bits are read in place by vectors alone.
        if (BuffersOf(kernel).Any(static b => b.Storage != Storage.Float32))
            return true;
        foreach (Strategy strategy in Schedule.Of(kernel).Select(static s => s.Strategy).Distinct())
        {
            var code = KernelCode.OfNumbers(kernel, strategy);
            if (!code.IsWhole)
                return false;
            Compare(kernel, [.. BuffersOf(kernel).Select(static b => (b, 0, 0))], 1, static b => b.Size, (processor, memory, numbers) =>
                code.Run(processor, memory, numbers), $"of numbers, {strategy},");
        }

        return true;
    }

    /// <summary>The method over all samples.</summary>
    public void AssertOverBatch(Kernel kernel, int samples)
    {
        int Stride(Buffer buffer) => buffer.Role == BufferRole.Activation ? PlanMemory.Room(buffer.Size) : buffer.Size;
        (Buffer, int, int)[] surroundings = [.. BuffersOf(kernel).Select(b => (b, Stride(b) - b.Size, Stride(b) - b.Size))];
        var code = KernelCode.OverBatch(kernel, surroundings, Stride);
        Compare(kernel, surroundings, samples, Stride, (processor, memory, numbers) => code.Run(processor, memory, numbers), "over the batch");
    }

    /// <summary>The method over any number of elements, of which the kernel has some.</summary>
    public void AssertOverElements(Kernel kernel, int count)
    {
        var code = KernelCode.OverElements(kernel);
        Compare(kernel, [.. BuffersOf(kernel).Select(static b => (b, 0, 0))], 1, static b => b.Size, (processor, memory, numbers) =>
        {
            code.RunCounted(processor, memory, new Dictionary<string, double>(numbers) { ["count"] = count });
            return null;
        }, "over elements");
    }

    /// <summary>What is emitted in another way.</summary>
    public void Assert(Kernel kernel, Action<KernelWriter> emit)
    {
        var code = KernelCode.Of(kernel, emit);
        Compare(kernel, [.. BuffersOf(kernel).Select(static b => (b, 0, 0))], 1, static b => b.Size, (processor, memory, numbers) =>
            code.Run(processor, memory, numbers), "emitted apart");
    }

    /// <summary>A kernel for the message of a test that fails.</summary>
    public static string Describe(Kernel kernel) =>
        $"{kernel.GetType().Name} {kernel.Formula} of {string.Join(", ", kernel.Operands.Select(static o => $"{o.Buffer.Name}[{o.Buffer.Size}] ({o.Access})"))}";

    private static IEnumerable<Buffer> BuffersOf(Kernel kernel) => kernel.Operands.Select(static o => o.Buffer).Distinct();

    /// <summary>What there may be behind a buffer: nothing, other parameters, or what fills the last vector.</summary>
    private (Buffer, int, int) SurroundingsOf(Buffer buffer)
    {
        if (buffer.Role == BufferRole.Parameter)
            return (buffer, random.Next(2) * random.Next(20), 0);
        int rest = random.Next(2) * PlanMemory.Rest(buffer.Size);
        return (buffer, rest, rest);
    }

    private void Compare(
        Kernel kernel, (Buffer Buffer, int Readable, int Writable)[] surroundings, int samples, Func<Buffer, int> stride,
        Func<int, Dictionary<string, CodeMemory>, Dictionary<string, double>, double?> run, string how)
    {
        HashSet<Buffer> read = [.. kernel.Operands.Where(static o => o.IsRead).Select(static o => o.Buffer)],
            written = [.. kernel.Operands.Where(static o => o.IsWritten).Select(static o => o.Buffer)];
        bool IsPerSample(Buffer b) => b.Role is BufferRole.Activation or BufferRole.Input or BufferRole.Target;
        int LengthOf(Buffer b) => IsPerSample(b) ? ((samples - 1) * stride(b)) + b.Size : b.Size;
        var inputs = new KernelInputs(random, kernel);
        Dictionary<string, double[]> before = surroundings.ToDictionary(static s => s.Buffer.Name, s => read.Contains(s.Buffer)
            ? inputs.Of(s.Buffer, LengthOf(s.Buffer)) : [.. Enumerable.Repeat(double.NaN, LengthOf(s.Buffer))]);
        inputs.Finish(before);
        var numbers = new Dictionary<string, double>
        {
            ["learningRate"] = 0.25f, ["stepSize"] = 0.125f, ["epsilon"] = 0.0625f, ["clip"] = 0.75f, ["scale"] = 0.375, ["samples"] = samples,
            ["step"] = random.Next(4),
        };
        var data = new KernelData(before, numbers, samples, stride);
        double? loss = KernelDefinitions.Run(kernel, data);
        foreach (int processor in s_processors)
        {
            string what = $"{how} for {processor} lanes: {Describe(kernel)}";
            Dictionary<string, CodeMemory> memory = surroundings.ToDictionary(
                static s => s.Buffer.Name, s => MemoryOf(s.Buffer, before[s.Buffer.Name], s.Readable, written.Contains(s.Buffer) ? s.Writable : null));
            double? returned;
            try
            {
                returned = run(processor, memory, numbers);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"{e.Message} {what}", e);
            }

            foreach (Buffer buffer in written.Except(kernel.Room))
            {
                double[] expected = [.. Enumerable.Range(0, samples).SelectMany(s =>
                    data.After[buffer.Name].AsSpan((IsPerSample(buffer) ? s : 0) * stride(buffer), buffer.Size).ToArray())];
                float[] actual = [.. Enumerable.Range(0, samples).SelectMany(s =>
                    memory[buffer.Name].Floats.AsSpan((IsPerSample(buffer) ? s : 0) * stride(buffer), buffer.Size).ToArray())];
                double scale = Tolerance * Math.Max(1, expected.Select(Math.Abs).Max());
                int wrong = -1;
                for (int k = 0; k < expected.Length && wrong < 0; k++)
                {
                    // A part of what is put together from several leaves the others as they are.
                    bool isLeft = kernel is Rearrange { Fill: null } or UnitMap && double.IsNaN(expected[k]) && float.IsNaN(actual[k]);
                    wrong = isLeft || Math.Abs(expected[k] - actual[k]) <= scale ? -1 : k;
                }

                Xunit.Assert.True(wrong < 0, wrong < 0 ? "" : $"{buffer.Name}[{wrong}] is {actual[wrong]}, not {expected[wrong]}, {what}");
            }

            Xunit.Assert.Equal(loss is null, returned is null);
            if (loss is { } exact)
                Xunit.Assert.True(Math.Abs(exact - returned!.Value) <= Tolerance * Math.Max(1, Math.Abs(exact)),
                    $"the loss is {returned}, not {exact}, {what}");
        }
    }

    /// <param name="writable">Null where nothing may be written.</param>
    private static CodeMemory MemoryOf(Buffer buffer, double[] elements, int readable, int? writable)
    {
        IEnumerable<uint> bits = buffer.Storage switch
        {
            Storage.Float16 => elements.Select(static e => (uint)BitConverter.HalfToUInt16Bits((Half)e)),
            Storage.BFloat16 => elements.Select(static e => BitConverter.SingleToUInt32Bits((float)e) >> 16),
            _ => elements.Select(static e => BitConverter.SingleToUInt32Bits((float)e)),
        };
        return new CodeMemory(buffer.Name, [.. bits], readable, writable ?? -elements.Length, buffer.Storage, buffer.Role == BufferRole.Parameter
            ? OtherParameter : float.NaN);
    }
}
