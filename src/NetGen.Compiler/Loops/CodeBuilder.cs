using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Compiler.Loops;

/// <summary>Collects the steps of a method, in order.</summary>
internal sealed class CodeBuilder
{
    private List<Step> _steps = [];

    public IReadOnlyList<Step> Steps => _steps;

    public void Add(Step step) => _steps.Add(step);

    public void Say(string comment) => Add(new Say(comment));

    /// <summary>A local with a value; what is a local already stays it.</summary>
    public Term Let(string hint, Term value) => value is Get ? value : new Get(Variable(hint, value));

    /// <summary>A local that changes.</summary>
    public Local Variable(string hint, Term value)
    {
        var local = new Local(hint, value.Kind);
        Add(new Let(local, value));
        return local;
    }

    public void Set(Local local, Term value) => Add(new Set(local, value));

    public void Increase(Local local, Term by) => Set(local, new Get(local) + by);

    public Memory Enter(string hint, Memory memory, Term offset)
    {
        var place = new Memory(hint, isParameter: false, memory.Element, memory.Storage);
        Add(new Enter(place, memory, offset));
        return place;
    }

    /// <summary>Memory of floats that is the method's own.</summary>
    public Memory Reserve(string hint, int count)
    {
        var place = new Memory(hint, isParameter: false);
        Add(new Reserve(place, count));
        return place;
    }

    public void Store(Memory memory, Term offset, Term value) => Add(new Store(memory, offset, value));

    /// <summary>Runs what is written by hand.</summary>
    public void Run(string method, params Passed[] arguments) => Add(new Run(method, arguments, []));

    /// <summary>Calls a method that finds out itself which vectors there are.</summary>
    public void Call(string method, params Passed[] arguments) => Add(new Run(method, arguments, [], IsOfAnyWidth: false));

    /// <summary>Runs a member that gives several vectors.</summary>
    public Term[] Run(string method, IReadOnlyList<Passed> arguments, IReadOnlyList<string> results)
    {
        Local[] locals = [.. results.Select(static r => new Local(r, Kind.Vector))];
        Add(new Run(method, arguments, locals));
        return [.. locals.Select(static l => new Get(l))];
    }

    public void For(string hint, Term end, Term by, Action<Term> body) => For(hint, 0, end, by, body);

    public void For(string hint, Term from, Term end, Term by, Action<Term> body)
    {
        var index = new Local(hint, Kind.Int);
        Add(new For(index, from, end, by, Within(() => body(new Get(index)))));
    }

    private List<Step> Within(Action body)
    {
        List<Step> outer = _steps, inner = [];
        _steps = inner;
        body();
        _steps = outer;
        return inner;
    }

    public void When(Term number, Action body) => Add(new When(number, Within(body)));

    public void If(Term condition, Action body, Action? otherwise = null) => Add(new If(condition, Within(body), otherwise is null ? [] : Within(otherwise)));

    public void Break() => Add(new Break());

    public void While(Term left, Term right, Action body) => Add(new While(left, right, Within(body)));

    public void Return(Term value) => Add(new Return(value));
}
