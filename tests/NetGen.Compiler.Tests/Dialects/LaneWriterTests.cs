using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Tests.Kernels;
using NetGen.Compiler.Tests.Loops;
using Xunit;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Tests.Dialects;

/// <summary>
/// Kernels where each lane is a sample, interpreted for lanes of any number: in registers from the samples' rows and back, or in loops over what is kept
/// of an earlier stage.
/// </summary>
public sealed class LaneWriterTests
{
    private const int Draws = 60;

    private static readonly string[] s_kinds =
    [
        nameof(Affine), nameof(AffineInputGradient), nameof(Map), nameof(MapGradient), nameof(Combine), nameof(Softmax), nameof(LogSoftmax),
        nameof(LogSoftmaxGradient), nameof(ElementwiseLoss), nameof(SoftmaxCrossEntropy),
    ];

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (string kind in s_kinds)
            {
                foreach (int lanes in new[] { 4, 8, 16 })
                    cases.Add(kind, lanes);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_kernel_of_rows_computes_what_it_is_defined_as(string kind, int lanes)
    {
        foreach ((Kernel kernel, System.Random random) in Drawn(kind))
        {
            Samples samples = new(kernel, lanes, random);
            bool isPadded = random.Next(2) == 0;
            int Stride(Buffer b) => isPadded && b.Role == BufferRole.Activation ? PlanMemory.Room(b.Size) : b.Size;
            var code = new CodeBuilder();
            LaneWriter writer = WriterOf(kernel, code, samples, static _ => null, Stride);
            foreach (Operand operand in kernel.Operands.Where(o => o.IsRead && o.Buffer.Role != BufferRole.Parameter))
                writer.Gather(operand.Buffer, MemoryOf(operand.Buffer));
            if (!kernel.EmitLanes(writer))
                continue;
            foreach (Operand operand in kernel.Operands.Where(static o => o.IsWritten))
                writer.Scatter(operand.Buffer, MemoryOf(operand.Buffer));
            Dictionary<string, CodeMemory> memory = kernel.Operands.Where(static o => o.Buffer.Role != BufferRole.Parameter)
                .ToDictionary(static o => o.Buffer.Name, o => samples.RowsOf(o.Buffer, Stride(o.Buffer), o.IsWritten));

            samples.Run(code, writer, memory, (buffer, sample, k) => memory[buffer.Name].Float((sample * Stride(buffer)) + k));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void So_does_one_of_what_is_kept(string kind, int lanes)
    {
        foreach ((Kernel kernel, System.Random random) in Drawn(kind))
        {
            if (kernel.Operands.Any(static o => o.Buffer.Role == BufferRole.Target))
                return;
            Samples samples = new(kernel, lanes, random);
            var places = new Dictionary<Buffer, int>();
            int kept = 0;
            foreach (Buffer buffer in kernel.Operands.Select(static o => o.Buffer).Where(static b => b.Role != BufferRole.Parameter))
            {
                places[buffer] = kept;
                kept += buffer.Size;
            }

            var code = new CodeBuilder();
            LaneWriter writer = WriterOf(kernel, code, samples, b => places[b], static b => b.Size);
            if (!kernel.EmitLanes(writer))
                continue;
            foreach (Buffer buffer in places.Keys)
                writer.Finish(buffer);
            var memory = new Dictionary<string, CodeMemory> { ["scratch"] = samples.Kept(places, kept) };

            samples.Run(code, writer, memory, (buffer, sample, k) => memory["scratch"].Float(((places[buffer] + k) * lanes) + sample));
        }
    }

    private static IEnumerable<(Kernel Kernel, System.Random Random)> Drawn(string kind)
    {
        for (int seed = 0; seed < Draws; seed++)
        {
            var random = new System.Random(seed);
            Kernel kernel = KernelDraws.All[kind](new KernelDraws(random));
            bool isSmall = kernel.Operands.All(static o => o.Buffer.Role == BufferRole.Parameter || o.Buffer.Size <= 40);
            // Parameters are read in float there.
            if (isSmall && kernel.Operands.All(static o => o.Buffer.Storage == Storage.Float32))
                yield return (kernel, random);
        }
    }

    private static Memory MemoryOf(Buffer buffer) => new(buffer.Name, element: VectorDialect.TypeOf(buffer));

    private static LaneWriter WriterOf(Kernel kernel, CodeBuilder code, Samples samples, Func<Buffer, int?> kept, Func<Buffer, int> stride) =>
        new(code, samples.OffsetOf, kept, stride)
    {
        Scratch = new Memory("scratch"),
        Losses = kernel.GivesLoss ? code.Variable("losses", Term.Zero) : null,
        Weights = kernel.GivesLoss ? code.Let("weights", Term.All(Term.Of(Operation.ToFloat, new Argument("scale", Kind.Double)))) : null,
    };

    /// <summary>As many samples as there are lanes: what a kernel reads of each, and what it makes of it.</summary>
    private sealed class Samples
    {
        private const double Tolerance = 2e-5;

        private static readonly Dictionary<string, double> s_numbers = new() { ["scale"] = 0.375 };

        private readonly Kernel _kernel;
        private readonly Dictionary<string, int> _offsets = [];
        private readonly List<float> _parameters = [];
        private readonly Dictionary<string, double[]>[] _before;

        public Samples(Kernel kernel, int lanes, System.Random random)
        {
            _kernel = kernel;
            var inputs = new KernelInputs(random, kernel);
            Dictionary<string, double[]> parameters = kernel.Operands.Select(static o => o.Buffer).Where(static b => b.Role == BufferRole.Parameter)
                .ToDictionary(static b => b.Name, b => inputs.Of(b, b.Size));
            foreach ((string name, double[] values) in parameters)
            {
                _offsets[name] = _parameters.Count;
                _parameters.AddRange(values.Select(static v => (float)v));
            }

            _before = [.. Enumerable.Range(0, lanes).Select(_ => kernel.Operands.ToDictionary(static o => o.Buffer.Name,
                o => parameters.TryGetValue(o.Buffer.Name, out double[]? known) ? known : o.IsRead ? inputs.Of(o.Buffer, o.Buffer.Size)
                    : [.. Enumerable.Repeat(double.NaN, o.Buffer.Size)]))];
        }

        private int Lanes => _before.Length;

        public int OffsetOf(Buffer parameter) => _offsets[parameter.Name];

        /// <summary>The samples' rows of a buffer. A row that is longer than the buffer has what fills it up behind.</summary>
        public CodeMemory RowsOf(Buffer buffer, int stride, bool isWritten)
        {
            uint[] bits = [.. Enumerable.Repeat(BitConverter.SingleToUInt32Bits(float.NaN), Lanes * stride)];
            for (int sample = 0; sample < Lanes; sample++)
            {
                for (int k = 0; k < buffer.Size; k++)
                {
                    double value = _before[sample][buffer.Name][k];
                    bits[(sample * stride) + k] = BitConverter.SingleToUInt32Bits((float)value);
                }
            }

            return new CodeMemory(buffer.Name, bits, 0, isWritten ? 0 : -bits.Length);
        }

        /// <summary>Vectors of the samples, an element each.</summary>
        public CodeMemory Kept(Dictionary<Buffer, int> places, int count)
        {
            float[] vectors = new float[count * Lanes];
            foreach ((Buffer buffer, int at) in places)
            {
                for (int k = 0; k < buffer.Size; k++)
                {
                    for (int sample = 0; sample < Lanes; sample++)
                        vectors[((at + k) * Lanes) + sample] = (float)_before[sample][buffer.Name][k];
                }
            }

            return CodeMemory.OfFloats("scratch", vectors);
        }

        /// <summary>Runs the code, and compares what is in memory then with the kernel's definition, sample by sample.</summary>
        public void Run(CodeBuilder code, LaneWriter writer, Dictionary<string, CodeMemory> memory, Func<Buffer, int, int, float> after)
        {
            if (writer.Losses is { } losses)
                code.Return(Term.Of(Operation.Sum, new Get(losses)));
            memory["parameters"] = CodeMemory.OfFloats("parameters", [.. _parameters]);
            var interpreter = new CodeInterpreter(Lanes, memory, s_numbers);
            interpreter.Run(code.Steps);
            double loss = 0;
            for (int sample = 0; sample < Lanes; sample++)
            {
                var data = new KernelData(_before[sample], s_numbers, 1, static b => b.Size);
                loss += KernelDefinitions.Run(_kernel, data) ?? 0;
                foreach (Buffer buffer in _kernel.Operands.Where(static o => o.IsWritten).Select(static o => o.Buffer))
                {
                    for (int k = 0; k < buffer.Size; k++)
                    {
                        double expected = data.After[buffer.Name][k];
                        float actual = after(buffer, sample, k);
                        Assert.True(Math.Abs(expected - actual) <= Tolerance * Math.Max(1, Math.Abs(expected)),
                            $"{buffer.Name}[{k}] of sample {sample} is {actual}, not {expected}: {KernelRuns.Describe(_kernel)}");
                    }

                }
            }

            if (writer.Losses is not null)
                Assert.True(Math.Abs(loss - interpreter.Returned!.Value) <= Tolerance * Math.Max(1, Math.Abs(loss)),
                    $"the loss is {interpreter.Returned}, not {loss}: {KernelRuns.Describe(_kernel)}");
        }
    }
}
