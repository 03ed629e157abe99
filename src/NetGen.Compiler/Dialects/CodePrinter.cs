using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>Prints Code as C#, generic over the lanes or for one width. It gives locals and places their names.</summary>
/// <param name="names">Names that the method has already; gets those of its locals.</param>
/// <param name="width">The one width; null for any.</param>
/// <param name="portable">Where it is for portable vectors: is told of what they have no form for.</param>
internal sealed class CodePrinter(CodeWriter w, Dialect dialect, HashSet<string> names, Lanes? width = null, PortableForm? portable = null)
{
    private readonly string _lanes = portable is not null ? PortableLanes.Class : width is { } of ? LanesTypes.NameOf(of) : "TLanes";
    private readonly string _vector = portable is not null ? PortableVectorDialect.Floats : width is { } of ? of.Type : "TVector";
    private readonly string _arguments = portable is not null ? "" : width is { } of ? LanesTypes.ArgumentsOf(of) : LanesTypes.Parameters;
    private const int Whole = -5, Choice = -4, Either = -3, Both = -2, Comparison = -1, Sum = 1, Product = 2, Unary = 3;

    private readonly Dictionary<object, string> _given = [];

    public void Print(IEnumerable<Step> steps)
    {
        bool isBlock = false;
        foreach (Step step in steps)
        {
            if (isBlock)
                w.Line();
            Print(step);
            isBlock = step is For or While or When or If;
        }
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
            case Reserve reserve:
                string room = Declare(new object(), reserve.Place.Hint + "Room");
                w.Line(Invariant($"global::System.Span<float> {room} = stackalloc float[{reserve.Count}];"));
                w.Line($"ref float {Declare(reserve.Place, reserve.Place.Hint)} = ref {room}[0];");
                break;
            case Store { Value.Kind: Kind.Vector or Kind.Four } store:
                w.Line(IsZero(store.Offset)
                    ? $"{Member("Store", store.Value.Kind)}({Text(store.Value)}, ref {NameOf(store.Memory)});"
                    : $"{Member("StoreFrom", store.Value.Kind)}({Text(store.Value)}, ref {NameOf(store.Memory)}, {Text(store.Offset)});");
                break;
            case Store { Value: Apply { Operation: Operation.Add } sum } store when sum.Operands[0] is Load before && before.Memory == store.Memory && before.Offset == store.Offset:
                w.Line($"{ElementAt(store.Memory, store.Offset)} += {Text(sum.Operands[1])};");
                break;
            case Store store:
                w.Line($"{ElementAt(store.Memory, store.Offset)} = {Text(store.Value)};");
                break;
            case Run run:
                string[] arguments = [.. run.Arguments.Select(Passed)];
                string[] results = [.. run.Results.Select(r => $"out {TypeOf(r.Kind)} {Declare(r, r.Hint)}")];
                if (run.IsOfAnyWidth && !LanesMembers.All.ContainsKey(run.Method))
                    portable?.Refuse();
                string method = !run.IsOfAnyWidth ? run.Method
                    : LanesMembers.All.ContainsKey(run.Method) ? Member(run.Method, run.Arguments[0].Value?.Kind ?? Kind.Vector)
                    : run.Method + _arguments;
                w.Line($"{method}({string.Join(", ", arguments.Concat(results))});");
                break;
            case For loop:
                string from = Text(loop.From), end = Text(loop.End), by = Text(loop.By), index = Declare(loop.Index, loop.Index.Hint);
                using (w.Block($"for (int {index} = {from}; {index} < {end}; {(by == "1" ? index + "++" : $"{index} += {by}")})"))
                    Print(loop.Body);
                break;
            case Advance advance:
                w.Line($"{NameOf(advance.Place)} = {Reference(advance.Place, advance.By)};");
                break;
            case When condition:
                using (w.Block($"if ({Text(condition.Number)} != 0)"))
                    Print(condition.Body);
                break;
            case If choice:
                using (w.Block($"if ({Text(choice.Condition)})"))
                    Print(choice.Body);
                if (choice.Otherwise.Count == 0)
                    break;
                using (w.Block("else"))
                    Print(choice.Otherwise);
                break;
            case Break:
                w.Line("break;");
                break;
            case While loop:
                using (w.Block($"while ({Text(loop.Left)} <= {Text(loop.Right)})"))
                    Print(loop.Body);
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

    /// <summary><c>sum += x</c>, where numbers are added to or taken away from.</summary>
    private string Assignment(Set set)
    {
        string name = NameOf(set.Local);
        return set.Local.Kind is not (Kind.Vector or Kind.Doubles) && set.Value is Apply { Operation: Operation.Add or Operation.Subtract } a && a.Operands[0] is Get get && get.Local == set.Local
            ? $"{name} {(a.Operation == Operation.Add ? "+" : "-")}= {Text(a.Operands[1])};"
            : $"{name} = {Text(set.Value)};";
    }

    private string Passed(Passed passed) => passed.Memory is { } memory ? Reference(memory, passed.Offset ?? 0) : Text(passed.Value!);

    private string Reference(Memory memory, Term offset) => "ref " + ElementAt(memory, offset);

    private string ElementAt(Memory memory, Term offset) => dialect.ElementAt(NameOf(memory), Text(offset));

    private static bool IsZero(Term offset) => offset is IntNumber { Value: 0 };

    private string Text(Term term, int outer = Whole) => term switch
    {
        IntNumber n => Invariant($"{n.Value}"),
        FloatNumber f => Literal(CSharpLiteral.Float(f.Value), outer),
        DoubleNumber d => Literal(CSharpLiteral.Double(d.Value), outer),
        Argument a => a.Name,
        LaneCount => Member("Count"),
        LastLanes l => $"{Member("Last")}({Text(l.Count)})",
        FirstLanes f => $"{Member("First")}({Text(f.Count)})",
        Get g => NameOf(g.Local),
        Load { Memory.Storage: not Storage.Float32, Kind: Kind.Vector or Kind.Four } l => $"{Member("Load" + l.Memory.Storage, l.Kind)}({Reference(l.Memory, l.Offset)})",
        Load { Kind: Kind.Vector or Kind.Four } l => IsZero(l.Offset)
            ? $"{Member("Load", l.Kind)}(ref {NameOf(l.Memory)})" : $"{Member("LoadFrom", l.Kind)}(ref {NameOf(l.Memory)}, {Text(l.Offset)})",
        Load l => ElementAt(l.Memory, l.Offset),
        Gathered g => $"{Member(g.Memory.Storage == Storage.Float32 ? g.Member : g.Member + g.Memory.Storage, g.Kind)}({Reference(g.Memory, g.Offset)}{(g.Step is { } step ? ", " + Text(step) : "")})",
        CallFunction c => FunctionOf(c),
        Uniform u => UniformOf(u),
        Apply { Operation: Operation.ToFloat or Operation.ToDouble or Operation.ToInt } a => $"({TypeOf(a.Kind)}){Text(a.Operands[0], Unary)}",
        Apply { Operation: Operation.Select, Kind: Kind.Float or Kind.Double or Kind.Bool } a =>
            Wrap($"{Text(a.Operands[0], Either)} ? {Text(a.Operands[1], Choice)} : {Text(a.Operands[2], Choice)}", Choice, outer),
        Apply { Operation: Operation.Not } a => Wrap("!" + Text(a.Operands[0], Unary), Unary, outer),
        Apply { Operation: Operation.SumsOfFour or Operation.Sum or Operation.Largest or Operation.FirstLane } a => OfVectors(a, a.Operands[0].Kind),
        Apply a when a.Kind.IsOfLanes() => OfVectors(a, a.Kind),
        Apply a => OfNumbers(a, outer),
        _ => throw new InvalidOperationException($"no way to print {term.GetType().Name}"),
    };

    private static string Literal(string text, int outer) => text[0] == '-' ? Wrap(text, Unary, outer) : text;

    private string FunctionOf(CallFunction call)
    {
        if (!call.Kind.IsOfLanes())
            return dialect.Call(call.Function, call.Kind == Kind.Double, Text(call.X));
        if (call.Kind == Kind.Four)
            portable?.Refuse();
        dialect.UseLanes(call.Function);
        return $"{call.Function}{(call.Kind == Kind.Four ? LanesTypes.ArgumentsOf(Lanes.Four) : _arguments)}({Text(call.X)})";
    }

    private string UniformOf(Uniform u)
    {
        dialect.Use(Helper.Uniform);
        return Invariant($"Uniform(seed, {u.Stream}, {Text(u.Element)})");
    }

    private string OfVectors(Apply a, Kind kind)
    {
        bool isOfDoubles = kind == Kind.Doubles && a.Operation is Operation.Add or Operation.Multiply or Operation.Create or Operation.Sum;
        string name = Member(a.Operation + (isOfDoubles ? "Doubles" : ""), kind);
        return a.Operation is Operation.Zero or Operation.One or Operation.Ascending ? name : $"{name}({string.Join(", ", a.Operands.Select(o => Text(o)))})";
    }

    private string OfNumbers(Apply a, int outer)
    {
        if (a.Operation == Operation.Sqrt)
            return dialect.Call(Function.Sqrt, a.Kind == Kind.Double, Text(a.Operands[0]));
        (string sign, int level, int right) = a.Operation switch
        {
            // Sums of floats are not associative.
            Operation.Add => (" + ", Sum, Product),
            Operation.Subtract => (" - ", Sum, Product),
            Operation.Multiply => (" * ", Product, Unary),
            Operation.Divide => (" / ", Product, Unary),
            Operation.Remainder => (" % ", Product, Unary),
            Operation.Min or Operation.Max or Operation.Abs => (a.Operation.ToString(), 0, 0),
            Operation.Equal => (" == ", Comparison, Sum),
            Operation.Greater => (" > ", Comparison, Sum),
            Operation.Less => (" < ", Comparison, Sum),
            Operation.GreaterOrEqual => (" >= ", Comparison, Sum),
            Operation.And => (" && ", Both, Comparison),
            Operation.Or => (" || ", Either, Both),
            Operation.Negate => ("-", Unary, Unary),
            _ => throw new InvalidOperationException($"no operator for {a.Operation}"),
        };
        if (level == 0)
            return $"global::System.Math.{sign}({string.Join(", ", a.Operands.Select(o => Text(o)))})";
        if (a.Operation == Operation.Negate)
            return Wrap("-" + Text(a.Operands[0], Unary), level, outer);
        string text = Text(a.Operands[0], level) + sign + Text(a.Operands[1], right);
        return Wrap(text, level, outer);
    }

    private static string Wrap(string text, int level, int outer) => level < outer ? "(" + text + ")" : text;

    private string Member(string name, Kind kind = Kind.Vector)
    {
        if (portable is not null)
        {
            bool isOfFour = kind == Kind.Four;
            if (PortableLanes.KeyOf(name, isOfFour) is { } key)
                dialect.UseLanes(key);
            else
                portable.Refuse();
            return $"{(isOfFour ? PortableLanes.ClassOfFour : PortableLanes.Class)}.{name}";
        }

        dialect.UseLanes(name);
        return $"{(kind == Kind.Four ? LanesTypes.NameOf(Lanes.Four) : _lanes)}.{name}";
    }

    private string TypeOf(Kind kind) => kind switch
    {
        Kind.Vector or Kind.Doubles => _vector,
        Kind.Four => portable is null ? Lanes.Four.Type : PortableVectorDialect.Four,
        Kind.Float => "float",
        Kind.Double => "double",
        Kind.Bool => "bool",
        _ => "int",
    };

    private string Declare(object identity, string hint)
    {
        string name = hint;
        for (int n = 2; !names.Add(name); n++)
            name = hint + Invariant($"{n}");
        return _given[identity] = name;
    }

    private string NameOf(Memory memory) => memory.IsParameter ? memory.Hint : _given[memory];

    private string NameOf(Local local) => _given[local];
}
