using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// A method beside a kernel's own, generic over the lanes: what it is called behind the kernel's name, and gives back where that is something else.
/// </summary>
internal sealed record Companion(string Suffix, string? Returns, IReadOnlyList<string> Parameters, string Body);

/// <summary>What a kernel prints its body with: code, elements, vectors and formulas, in the target's dialect.</summary>
/// <param name="strategy">How the kernel is printed.</param>
/// <param name="terms">How many terms the kernel's straight-line form has.</param>
/// <param name="buffers">The kernel's buffers, each with the elements behind its end that may be read, and written.</param>
/// <param name="parameters">The method's parameters, as they are declared.</param>
/// <param name="portable">Is told what the kernel asks of portable vectors; null where it is printed for lanes of known widths, or over numbers.</param>
/// <param name="isWrittenOut">Vectors are written out as well, where they are few, for eight lanes: asked for by <c>unroll: full</c>, since loops over vectors
/// are as fast.</param>
internal sealed class KernelWriter(
    CodeWriter code, Dialect dialect, Strategy strategy, long terms, IEnumerable<(Ir.Buffer Buffer, int Readable, int Writable)> buffers, IReadOnlyList<string> parameters,
    bool isWrittenOut = false, PortableForm? portable = null)
{
    /// <summary>Stands for the name of the kernel's method, which is given once all of it is printed.</summary>
    public const char Self = '\uE003';

    private readonly Dictionary<string, (Ir.Buffer Buffer, int Readable, int Writable)> _taken = buffers.GroupBy(static b => b.Buffer.Name).ToDictionary(static g => g.Key, static g => g.First());
    private readonly HashSet<string> _locals = [];

    public CodeWriter Code { get; } = code;

    public Dialect Dialect { get; } = dialect;

    public bool IsStraightLine { get; } = strategy != Strategy.Loops;

    /// <summary>The same for vectors: the loops are few vectors long.</summary>
    public bool IsStraightLineIn(Lanes lanes) => IsStraightLine && (isWrittenOut || lanes == Lanes.Four) && terms <= Tuning.Source.StraightLineVectors * lanes.Count;

    public bool HasVectors => Dialect.HasVectors || IsPortable;

    /// <summary>It is printed over vectors of the width that the runtime has.</summary>
    public bool IsPortable => portable is not null;

    public string At(Ir.Buffer buffer, string index) => Dialect.Element(buffer, index);

    public string At(Ir.Buffer buffer, int index) => Dialect.Element(buffer, Invariant($"{index}"));

    public static string Loop(string index, int count) => Invariant($"for (int {index} = 0; {index} < {count}; {index}++)");

    public string Print(Expr e, Precision precision, Func<string, string>? name = null) =>
        new ExprPrinter(Dialect, precision, name ?? (static n => n)).Print(e);

    /// <summary>A name for a local that no other local of the method, and no buffer, has. A digit is added where it needs one.</summary>
    public string Local(string name)
    {
        string candidate = name;
        for (int n = 2; _taken.ContainsKey(candidate) || !_locals.Add(candidate); n++)
            candidate = name + Invariant($"{n}");
        return candidate;
    }

    private readonly Dictionary<string, Memory> _memories = [];

    /// <summary>Methods beside the kernel's own, generic over the lanes.</summary>
    public List<Companion> Companions { get; } = [];

    /// <summary>The widest vectors that it may use.</summary>
    public Lanes Most { get; init; } = Lanes.Sixteen;

    /// <summary>Is told of all vector code that is printed, in order.</summary>
    public Action<VectorCode>? OnVectors { get; init; }

    /// <summary>
    /// Writes vector code over <paramref name="count"/> neighbours as a method that is generic over the lanes, and a call of it for the widest that there are;
    /// fewer than eight for four lanes.
    /// Where all that a kernel does is one such call, whoever runs for a width already calls the generic method (<see cref="Sole"/>).
    /// </summary>
    /// <param name="returns">The method gives back what the code returns.</param>
    /// <param name="isFew">The neighbours are few vectors, which stay in registers: it is written for eight lanes though it has loops.</param>
    public void Vectors(int count, Action<VectorCode> body, bool returns = false, bool isFew = false)
    {
        if (portable is not null)
        {
            PortableVectors(portable, count, body, returns, isFew);
            return;
        }

        if (!HasVectors)
        {
            Numbers(body);
            return;
        }

        Lanes widest = isFew && count > Lanes.Eight.Count ? Lanes.Eight : Lanes.WidestFor(count);
        if (widest.Count > Most.Count)
            widest = Most;
        if (widest == Lanes.Four)
        {
            PrintVectors(Code, Lanes.Four, IsStraightLineIn(Lanes.Four), body);
            return;
        }

        bool isForEight = isFew || IsStraightLineIn(Lanes.Eight), isFirst = Companions.Count == 0 && Code.IsEmpty;
        string suffix = isFirst && !isForEight ? "" : "Any" + (Companions.Count == 0 ? "" : Invariant($"{Companions.Count + 1}"));
        var loops = new CodeWriter();
        PrintVectors(loops, null, false, body, widest: isForEight ? Lanes.Four : widest);
        Companions.Add(new Companion(suffix, null, parameters, loops.ToString()));
        if (isForEight)
        {
            using (Code.Block($"if ({Lanes.Eight.Class}.IsHardwareAccelerated)"))
                PrintVectors(Code, Lanes.Eight, IsStraightLineIn(Lanes.Eight), body);
            Code.Line($"else\n    {Call(Self + suffix, Lanes.Four, parameters, returns)}");
            return;
        }

        Dispatch(Code, Self + suffix, widest, parameters, returns);
        if (isFirst)
            _sole = (widest, Code.ToString());
    }

    private (Lanes Widest, string Code) _sole;

    /// <summary>The widest lanes of the one method that is all that the kernel does; null where it does more.</summary>
    public Lanes? Sole => _sole.Code is { } code && code == Code.ToString() ? _sole.Widest : null;

    /// <summary>Calls a method that is generic over the lanes, for the widest that there are.</summary>
    public static void Dispatch(CodeWriter code, string method, Lanes widest, IReadOnlyList<string> parameters, bool returns)
    {
        string otherwise = "";
        foreach (Lanes lanes in widest.AndNarrower())
        {
            string condition = lanes == Lanes.Four ? "" : $"if ({lanes.Class}.IsHardwareAccelerated)";
            code.Line($"{otherwise}{condition}".TrimEnd());
            code.Line("    " + Call(method, lanes, parameters, returns));
            otherwise = "else ";
        }
    }

    private static string Call(string method, Lanes lanes, IReadOnlyList<string> parameters, bool returns) =>
        $"{(returns ? "return " : "")}{method}{LanesTypes.ArgumentsOf(lanes)}({string.Join(", ", parameters.Select(Argument))});";

    private void PortableVectors(PortableForm form, int count, Action<VectorCode> body, bool returns, bool isFew)
    {
        form.Fill(count);
        // What is written for eight lanes counts on eight.
        if (isFew)
        {
            form.Refuse();
            return;
        }

        string suffix = "Any" + (Companions.Count == 0 ? "" : Invariant($"{Companions.Count + 1}"));
        var loops = new CodeWriter();
        PrintVectors(loops, null, false, body);
        Companions.Add(new Companion(suffix, null, parameters, loops.ToString()));
        Code.Line($"{(returns ? "return " : "")}{Self}{suffix}({string.Join(", ", parameters.Select(Argument))});");
    }

    /// <summary>
    /// Writes vector code for one lane: numbers. Where a target has no vectors, that is what <see cref="Vectors"/> does; elsewhere it is for what stands where
    /// no vector could be read.
    /// </summary>
    public void Numbers(Action<VectorCode> body) => PrintNumbers(body, parameters, isStraight: false);

    private void PrintNumbers(Action<VectorCode> body, IReadOnlyList<string> declared, bool isStraight)
    {
        var numbers = new VectorCode(new CodeBuilder(), 1, isStraight, AddressOf);
        body(numbers);
        OnVectors?.Invoke(numbers);
        _locals.UnionWith(NamesOf(declared));
        new CodePrinter(Code, Dialect, _locals).Print(OneLane.Of(numbers.Code.Steps));
    }

    private static IEnumerable<string> NamesOf(IEnumerable<string> parameters) =>
        parameters.SelectMany(static p => p.Split(',')).Select(static p => p.Substring(p.LastIndexOf(' ') + 1));

    /// <summary>Writes vector code for one width, which runs on every processor: where it has none, by the runtime's own form of it.</summary>
    public void VectorsOf(Lanes lanes, Action<VectorCode> body) => PrintVectors(Code, lanes, false, body);

    /// <summary>Writes vector code over so many neighbours as <c>count</c> says, for the widest vectors that there are, then for what is left.</summary>
    public void CountedVectors(IReadOnlyList<Ir.Buffer> buffers, Action<VectorCode, Address[], Part> body)
    {
        string[] counted = ["int start", .. parameters];
        var loops = new CodeWriter();
        PrintVectors(loops, null, false, v => v.OverCounted([.. buffers.Select(v.Start)], (at, part) => body(v, at, part)), counted);
        Companions.Add(new Companion("Any", "int", counted, loops.ToString()));
        if (portable is not null)
        {
            Dialect.UseLanes(PortableLanes.Fit);
            using (Code.Block($"if ({PortableLanes.Class}.{PortableLanes.Fit}())"))
            {
                // What is left, too: a function of vectors may round otherwise than one of numbers, and what is equal is to stay so.
                Code.Line($"int done = {Self}Any(0, {string.Join(", ", parameters.Select(Argument))});");
                using (Code.Block("if (done < count)"))
                    PrintVectors(Code, null, true, v => v.OverLeft([.. buffers.Select(v.Start)], (at, part) => body(v, at, part)), [.. parameters, "int done"]);
            }

            using (Code.Block("else"))
                PrintNumbers(v => v.OverAll([.. buffers.Select(v.Start)], (at, part) => body(v, at, part)), counted, isStraight: false);
            return;
        }

        string Call(Lanes lanes, string start) => $"{Self}Any{LanesTypes.ArgumentsOf(lanes)}({start}, {string.Join(", ", parameters.Select(Argument))})";
        Code.Line($"int done = {Lanes.Eight.Class}.IsHardwareAccelerated ? {Call(Lanes.Eight, "0")} : 0;");
        Code.Line($"done = {Call(Lanes.Four, "done")};");
        using (Code.Block("if (done < count)"))
            PrintVectors(Code, Lanes.Four, true, v => v.OverLeft([.. buffers.Select(v.Start)], (at, part) => body(v, at, part)), [.. parameters, "int done"]);
    }

    private void PrintVectors(CodeWriter to, Lanes? lanes, bool isStraight, Action<VectorCode> body, IReadOnlyList<string>? declared = null, Lanes? widest = null)
    {
        var vectors = new VectorCode(new CodeBuilder(), lanes?.Count, isStraight, AddressOf, (widest ?? Lanes.Sixteen).Count) { Fills = portable is null ? null : portable.Fill };
        body(vectors);
        OnVectors?.Invoke(vectors);
        new CodePrinter(to, Dialect, [.. NamesOf(declared ?? parameters)], lanes, portable).Print(vectors.Code.Steps);
    }

    /// <summary>Where a buffer begins.</summary>
    private Address AddressOf(Ir.Buffer buffer)
    {
        if (!_memories.TryGetValue(buffer.Name, out Memory? memory))
            _memories[buffer.Name] = memory = new Memory(buffer.Name, element: VectorDialect.TypeOf(buffer), storage: buffer.Storage);
        if (buffer.Storage != Storage.Float32)
            Dialect.Use(Widening.HelperOf(buffer.Storage));
        return _taken.TryGetValue(buffer.Name, out (Ir.Buffer Buffer, int Readable, int Writable) known)
            ? new Address(memory, 0, buffer.Size + known.Readable, buffer.Size, buffer.Size + known.Writable)
            : new Address(memory);
    }

    /// <summary>A parameter as it is passed on.</summary>
    private static string Argument(string parameter) =>
        (parameter.StartsWith("ref ", StringComparison.Ordinal) ? "ref " : "") + parameter.Substring(parameter.LastIndexOf(' ') + 1);

    /// <summary>A row's part of an index into [rows, size]: nothing for a single row.</summary>
    public static string Index(string row, int size, string index) => row switch
    {
        "" or "0" => index,
        _ when size == 1 => row,
        _ => Invariant($"{row} * {size} + {index}"),
    };

    /// <summary>Runs a body for each index below a count: written out with constants, or as a loop.</summary>
    public void ForEach(string index, int count, Action<string> body)
    {
        if (IsStraightLine || count == 1)
        {
            for (int k = 0; k < count; k++)
                body(Invariant($"{k}"));
            return;
        }

        using (Code.Block(Loop(index, count)))
            body(index);
    }

    /// <summary>A loop over rows, none for a single one.</summary>
    public void ForEachRow(string index, int count, Action<string> body)
    {
        if (count == 1)
        {
            body("0");
            return;
        }

        using (Code.Block(Loop(index, count)))
            body(index);
    }

    /// <summary>
    /// Computes assignments for each of <paramref name="count"/> elements, in order; a later formula sees what an
    /// earlier one assigned.
    /// </summary>
    /// <param name="inputs">Which buffer each variable of the formulas is read from. Other variables are numbers.</param>
    /// <param name="stream">Tells the random numbers of a formula from those of others; null where there are none, which no vector has a form for.</param>
    public void Elementwise(int count, IReadOnlyDictionary<string, Ir.Buffer> inputs, IReadOnlyList<Assignment> assignments, int? stream = null)
    {
        var elementwise = new ElementwiseVectors(inputs, assignments);
        if (stream is { } of)
            Numbers(v => elementwise.WriteRandom(v, count, of));
        else if (HasVectors)
            Vectors(count, v => elementwise.Write(v, count));
        else
            PrintNumbers(v => elementwise.Write(v, count), parameters, IsStraightLine);
    }

    /// <summary>One assignment to an element; <c>w = w - step</c> is written <c>w -= step</c>.</summary>
    public static string Statement(string target, Assignment a, string value)
    {
        if (a.Accumulate)
            return $"{target} += {value};";
        string start = target + " - ";
        return a.Formula is Binary { Operator: BinaryOperator.Subtract, Right: not Binary { Operator: BinaryOperator.Add or BinaryOperator.Subtract } } && value.StartsWith(start, StringComparison.Ordinal)
            ? $"{target} -= {value.Substring(start.Length)};"
            : $"{target} = {value};";
    }

    /// <summary>An assignment to an element, or of a local where it has no target, whose name goes to the locals.</summary>
    public void Assign(Assignment a, Func<Ir.Buffer, string> element, string value, Dictionary<string, string> locals)
    {
        if (a.Target is { } target)
            Code.Line(Statement(element(target), a, value));
        else
            Code.Line($"float {locals[a.Variable] = Local(a.Variable)} = {value};");
    }
}
