using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Tests.Loops;
using NetGen.Compiler.Text;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Tests.Kernels;

/// <summary>How a kernel is asked for its code.</summary>
/// <param name="Strategy">One of those that are chosen for kernels.</param>
/// <param name="IsWrittenOut">Vectors are written out as well: <c>unroll: full</c>.</param>
internal readonly record struct Schedule(Strategy Strategy, bool IsWrittenOut)
{
    public static IEnumerable<Schedule> Of(Kernel kernel) => kernel.Statements == 0 ? [new(Strategy.Loops, false)]
        : [new(Strategy.Loops, false), new(Strategy.StraightLine, false), new(Strategy.StraightLine, true)];
}

/// <summary>The vector code of a kernel, as it would be printed: the texts of its method, and of those beside it, which processors choose from.</summary>
internal sealed class KernelCode
{
    /// <summary>What is written by hand, in the place of which the interpreter has the definition.</summary>
    private static readonly Helper[] s_known = [Helper.Transpose, Helper.WidenFloat16, Helper.WidenBFloat16];

    private readonly List<VectorCode> _texts = [];

    private KernelCode(Kernel kernel, Schedule schedule, IEnumerable<(Buffer, int, int)> surroundings, Action<KernelWriter> emit, string? first, bool isOfNumbers = false)
    {
        var dialect = Dialect.For(isOfNumbers ? Target.Unity : Target.Net10);
        string[] parameters =
        [
            .. first is null ? [] : new[] { first }, .. kernel.Operands.Select(o => dialect.Parameter(o.Buffer, o.IsWritten)),
                .. kernel.Scalars.Select(KernelMethods.Declare),
        ];
        var writer = new KernelWriter(new CodeWriter(), dialect, schedule.Strategy, kernel.Statements, surroundings, parameters,
            schedule.IsWrittenOut) { OnVectors = _texts.Add };
        emit(writer);
        IsWhole = _texts.Count > 0 && (isOfNumbers ? IsAllOf(writer.Code) : !dialect.UsedHelpers.Except(s_known).Any());
        Body = writer.Code.ToString();
        Companions = [.. writer.Companions.Select(static c => c.Body)];
    }

    /// <summary>Nothing is printed but the texts.</summary>
    private bool IsAllOf(CodeWriter body)
    {
        var texts = new CodeWriter();
        foreach (VectorCode text in _texts)
            new CodePrinter(texts, Dialect.For(Target.Unity), []).Print(OneLane.Of(text.Code.Steps));
        static int Lines(CodeWriter of) => of.ToString().Split('\n').Count(static l => l.Trim() != "");
        return Lines(texts) == Lines(body);
    }

    /// <summary>All that the kernel does is vector code.</summary>
    public bool IsWhole { get; }

    public string Body { get; }

    public IReadOnlyList<string> Companions { get; }

    public static KernelCode Of(Kernel kernel, Schedule schedule, IEnumerable<(Buffer, int, int)> surroundings) =>
        new(kernel, schedule, surroundings, kernel.Emit, null);

    /// <summary>The same for a target without vectors.</summary>
    public static KernelCode OfNumbers(Kernel kernel, Strategy strategy) =>
        new(kernel, new Schedule(strategy, false), kernel.Operands.Select(static o => (o.Buffer, 0, 0)), kernel.Emit, null, isOfNumbers: true);

    public static KernelCode OverBatch(Kernel kernel, IEnumerable<(Buffer, int, int)> surroundings, Func<Buffer, int> stride) =>
        new(kernel, new Schedule(Strategy.Loops, false), surroundings, w => kernel.EmitOverBatch(w, stride), "int samples");

    public static KernelCode OverElements(Kernel kernel) =>
        new(kernel, new Schedule(Strategy.Loops, false), kernel.Operands.Select(static o => (o.Buffer, 0, 0)), kernel.EmitElements, "int count");

    public static KernelCode Of(Kernel kernel, Action<KernelWriter> emit) =>
        new(kernel, new Schedule(Strategy.Loops, false), kernel.Operands.Select(static o => (o.Buffer, 0, 0)), emit, null);

    /// <summary>Runs it as a processor does whose vectors have so many lanes, and gives back what it returns.</summary>
    public double? Run(int widest, IReadOnlyDictionary<string, CodeMemory> memory, IReadOnlyDictionary<string, double> numbers)
    {
        double? returned = null;
        foreach ((VectorCode text, int lanes) in Chosen(widest))
            returned = Run(text, lanes, memory, numbers) ?? returned;
        return returned;
    }

    /// <summary>The same for a method over so many elements: the widest vectors, then those of four, then what is left.</summary>
    public void RunCounted(int widest, IReadOnlyDictionary<string, CodeMemory> memory, IReadOnlyDictionary<string, double> numbers)
    {
        if (_texts is not [{ Lanes: null } loops, { Lanes: 4 } rest])
            throw new InvalidOperationException("not a method over elements");
        double done = 0;
        foreach (int lanes in new[] { 8, 4 }.Where(l => l <= widest))
            done = Run(loops, lanes, memory, new Dictionary<string, double>(numbers) { ["start"] = done })!.Value;
        if (done < numbers["count"])
            Run(rest, 4, memory, new Dictionary<string, double>(numbers) { ["done"] = done });
    }

    /// <summary>The texts in their order, each with the lanes that it is run with.</summary>
    private IEnumerable<(VectorCode Text, int Lanes)> Chosen(int widest)
    {
        for (int k = 0; k < _texts.Count; k++)
        {
            VectorCode text = _texts[k];
            if (text is { Lanes: null, Widest: 4 } && k + 1 < _texts.Count && _texts[k + 1].Lanes == 8)
            {
                // Loops for processors with vectors of four, and then the same for eight.
                yield return widest == 4 ? (text, 4) : (_texts[k + 1], 8);
                k++;
            }
            else
                yield return (text, text.Lanes ?? Math.Min(widest, text.Widest));
        }
    }

    private static double? Run(VectorCode text, int lanes, IReadOnlyDictionary<string, CodeMemory> memory, IReadOnlyDictionary<string, double> numbers)
    {
        var interpreter = new CodeInterpreter(lanes, memory, numbers);
        interpreter.Run(text.IsOfNumbers ? OneLane.Of(text.Code.Steps) : text.Code.Steps);
        return interpreter.Returned;
    }
}
