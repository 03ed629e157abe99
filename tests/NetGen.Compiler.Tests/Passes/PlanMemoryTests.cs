using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Tests.Numerics;
using NetGen.Compiler.Tests.Targets;
using Xunit;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Tests.Passes;

/// <summary>Buffers share memory only where neither is needed while the other holds something.</summary>
public sealed class PlanMemoryTests
{
    private static readonly IEnumerable<string> s_specs = TargetSpecs.All.Concat(Enumerable.Range(0, 150).Select(static seed =>
        RandomLayerSpec.Draw(seed, AvailableLayers.Has)));

    [Fact]
    public void What_a_kernel_reads_is_what_was_written_to_that_buffer()
    {
        foreach (string spec in s_specs)
        {
            Program program = Program.Of(NetworkCompiler.Check(spec).Network!);
            new Execution(program.InferencePlan, spec).Run(program.Inference);
            if (program.Training is not { } training)
                continue;
            new Execution(training.EvaluationPlan, spec).Run([.. training.Evaluation, .. training.EvaluationHead]);
            new Execution(training.Plan, spec).Run([.. training.Forward, .. training.Head, .. training.Backward]);
        }
    }

    [Fact]
    public void Memory_is_shared()
    {
        Program program = Program.Of(NetworkCompiler.Check("{ input: 4, layers: [dense: 40, tanh, dense: 40, tanh, dense: 40, tanh, dense: 2] }").Network!);

        Assert.Equal(3, program.InferencePlan.Offsets.Count);
        Assert.Equal(80, program.InferencePlan.Size);
    }

    [Fact]
    public void A_plan_that_overlaps_is_found()
    {
        Program program = Program.Of(NetworkCompiler.Check("{ input: 4, layers: [dense: 40, tanh, dense: 40, tanh, dense: 2] }").Network!);
        var bad = new MemoryPlan(program.InferencePlan.Offsets.ToDictionary(static o => o.Key, static _ => 0), 40, 0);

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => new Execution(bad, "two buffers at one place").Run(program.Inference));
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(4, 4)]
    [InlineData(5, 8)]
    [InlineData(63, 64)]
    public void A_buffer_takes_whole_vectors_of_four(int size, int room)
    {
        Assert.Equal(room, PlanMemory.Room(size));
        Assert.Equal(room - size, PlanMemory.Rest(size));
    }

    /// <summary>Runs kernels in order, of which only is done what they do to memory: each place holds the name of the buffer that was written there.</summary>
    private sealed class Execution(MemoryPlan plan, string spec)
    {
        private readonly string?[] _memory = new string?[plan.Size], _batch = new string?[plan.BatchSize];
        private readonly Stack<(Scan Scan, int Step)> _scans = [];

        public void Run(IEnumerable<Kernel> kernels)
        {
            foreach (Kernel kernel in kernels)
            {
                if (kernel is Scan scan)
                    Run(scan);
                else
                    Run(kernel);
            }
        }

        private void Run(Scan scan)
        {
            void At(int step, IEnumerable<Kernel> kernels)
            {
                _scans.Push((scan, step));
                Run(kernels);
                _scans.Pop();
            }

            At(0, scan.First);
            for (int step = 0; step < scan.Steps; step++)
                At(scan.IsReversed ? scan.Steps - 1 - step : step, scan.Body);
            At(0, scan.Last);
        }

        private void Run(Kernel kernel)
        {
            Read(kernel);
            foreach (Operand operand in kernel.Operands.Where(static o => o.IsWritten))
                ForEachPlace(operand.Buffer, static (memory, at, owner) => memory[at] = owner);
            // It may write before it has read all.
            Read(kernel);
        }

        private void Read(Kernel kernel)
        {
            foreach (Operand operand in kernel.Operands.Where(static o => o.IsRead))
                ForEachPlace(operand.Buffer, (memory, at, owner) =>
                    Assert.True(memory[at] == owner, $"{kernel.Name} reads {owner} where {memory[at] ?? "nothing"} is, in {spec}"));
        }

        private void ForEachPlace(Buffer buffer, Action<string?[], int, string> body)
        {
            (Buffer whole, int from) = (buffer, 0);
            foreach ((Scan scan, int step) in _scans)
            {
                if (scan.RowOf(whole) is not { } row)
                    continue;
                from += row.Offset + (row.Stride == 0 ? 0 : step * row.Stride);
                whole = row.Of;
            }

            if (!plan.Offsets.TryGetValue(whole.Name, out int at))
            {
                // The output is in the caller's memory.
                return;
            }

            for (int k = 0; k < buffer.Size; k++)
                body(whole.Role == BufferRole.Batch ? _batch : _memory, at + from + k, whole.Name);
        }
    }
}
