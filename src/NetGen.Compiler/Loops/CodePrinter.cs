using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Loops;

/// <summary>Prints Code as C# that is generic over the lanes. It gives locals and places their names.</summary>
/// <param name="parameters">Names that the method has already.</param>
internal sealed class CodePrinter(CodeWriter w, Dialect dialect, IEnumerable<string> parameters)
{
    private const int Sum = 1, Product = 2, Unary = 3;

    private readonly HashSet<string> _names = [.. parameters];
    private readonly Dictionary<object, string> _given = [];

    public void Print(IEnumerable<Step> steps)
    {
        foreach (Step step in steps)
            Print(step);
    }

    private void Print(Step step)
    {
        switch (step)
        {
            case Let let:
                string value = Text(let.Value);
                w.Line($"{TypeOf(let.Local.Kind)} {Declare(let.Local, let.Local.Hint)} = {value};");
                break;
            case Set set:
                w.Line(Assignment(set));
                break;
            case Enter enter:
                string place = Reference(enter.Memory, enter.Offset);
                w.Line($"ref {enter.Place.Element} {Declare(enter.Place, enter.Place.Hint)} = {place};");
                break;
            case Store { Value.Kind: Kind.Vector } store:
                w.Line(IsZero(store.Offset)
                    ? $"{Member("Store")}({Text(store.Value)}, ref {NameOf(store.Memory)});"
                    : $"{Member("StoreFrom")}({Text(store.Value)}, ref {NameOf(store.Memory)}, {Text(store.Offset)});");
                break;
            case Store store:
                w.Line($"{ElementAt(store.Memory, store.Offset)} = {Text(store.Value)};");
                break;
            case Run run:
                string[] arguments = [.. run.Arguments.Select(Passed)];
                string[] results = [.. run.Results.Select(r => $"out {TypeOf(r.Kind)} {Declare(r, r.Hint)}")];
                string method = run.Method.StartsWith("TLanes.", StringComparison.Ordinal) ? Member(run.Method.Substring(7)) : run.Method;
                w.Line($"{method}({string.Join(", ", arguments.Concat(results))});");
                break;
            case For loop:
                string end = Text(loop.End), by = Text(loop.By), index = Declare(loop.Index, loop.Index.Hint);
                using (w.Block($"for (int {index} = 0; {index} < {end}; {(by == "1" ? index + "++" : $"{index} += {by}")})"))
                    Print(loop.Body);
                w.Line();
                break;
            case Return r:
                w.Line($"return {Text(r.Value)};");
                break;
            case Say say:
                w.Line("// " + say.Comment);
                break;
            default:
                throw new InvalidOperationException($"no way to print {step.GetType().Name}");
        }
    }

    /// <summary><c>sum += x</c>, where numbers are added to.</summary>
    private string Assignment(Set set)
    {
        string name = NameOf(set.Local);
        return set.Local.Kind != Kind.Vector && set.Value is Apply { Operation: Operation.Add } sum && sum.Operands[0] is Get get && get.Local == set.Local
            ? $"{name} += {Text(sum.Operands[1])};"
            : $"{name} = {Text(set.Value)};";
    }

    private string Passed(Passed passed) => passed.Memory is { } memory ? Reference(memory, passed.Offset ?? 0) : Text(passed.Value!);

    private string Reference(Memory memory, Term offset) => "ref " + ElementAt(memory, offset);

    private string ElementAt(Memory memory, Term offset) => VectorDialect.ElementOf(NameOf(memory), Text(offset));

    private static bool IsZero(Term offset) => offset is IntNumber { Value: 0 };

    private string Text(Term term, int outer = 0) => term switch
    {
        IntNumber n => Invariant($"{n.Value}"),
        FloatNumber f => CSharpLiteral.Float(f.Value),
        Argument a => a.Name,
        LaneCount => Member("Count"),
        Get g => NameOf(g.Local),
        Load { Kind: Kind.Vector } l => IsZero(l.Offset) ? $"{Member("Load")}(ref {NameOf(l.Memory)})" : $"{Member("LoadFrom")}(ref {NameOf(l.Memory)}, {Text(l.Offset)})",
        Load l => ElementAt(l.Memory, l.Offset),
        Gathered g => $"{Member(g.Member)}({Reference(g.Memory, g.Offset)}{(g.Step is { } step ? ", " + Text(step) : "")})",
        CallFunction c => FunctionOf(c),
        Apply { Operation: Operation.ToFloat } a => $"(float){Text(a.Operands[0], Unary)}",
        Apply { Kind: Kind.Vector } a => OfVectors(a),
        Apply { Operation: Operation.Sum } a => OfVectors(a),
        Apply a => OfNumbers(a, outer),
        _ => throw new InvalidOperationException($"no way to print {term.GetType().Name}"),
    };

    private string FunctionOf(CallFunction call)
    {
        dialect.UseLanes(call.Function);
        return $"{call.Function}{LanesTypes.Parameters}({Text(call.X)})";
    }

    private string OfVectors(Apply a)
    {
        string name = Member(a.Operation.ToString());
        return a.Operation is Operation.Zero or Operation.One or Operation.Ascending ? name : $"{name}({string.Join(", ", a.Operands.Select(o => Text(o)))})";
    }

    private string OfNumbers(Apply a, int outer)
    {
        (string sign, int level, int right) = a.Operation switch
        {
            Operation.Add => (" + ", Sum, Sum),
            Operation.Subtract => (" - ", Sum, Product),
            Operation.Multiply => (" * ", Product, Unary),
            Operation.Divide => (" / ", Product, Unary),
            Operation.Min => ("Min", 0, 0),
            _ => throw new InvalidOperationException($"no operator for {a.Operation}"),
        };
        if (sign == "Min")
            return $"global::System.Math.Min({Text(a.Operands[0])}, {Text(a.Operands[1])})";
        string text = Text(a.Operands[0], level) + sign + Text(a.Operands[1], right);
        return level < outer ? "(" + text + ")" : text;
    }

    private string Member(string name)
    {
        dialect.UseLanes(name);
        return "TLanes." + name;
    }

    private static string TypeOf(Kind kind) => kind switch
    {
        Kind.Vector => "TVector",
        Kind.Float => "float",
        Kind.Double => "double",
        _ => "int",
    };

    private string Declare(object identity, string hint)
    {
        string name = hint;
        for (int n = 2; !_names.Add(name); n++)
            name = hint + Invariant($"{n}");
        return _given[identity] = name;
    }

    private string NameOf(Memory memory) => memory.IsParameter ? memory.Hint : _given[memory];

    private string NameOf(Local local) => _given[local];
}
