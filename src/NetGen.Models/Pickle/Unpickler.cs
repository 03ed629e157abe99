using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using NetGen.Models.Weights;

namespace NetGen.Models.Pickle;

/// <summary>
/// Reads Python's pickles, protocols 0 to 5, and runs nothing of them: classes and functions are names (<see cref="KnownGlobals"/> has the few whose
/// meaning is known), objects of all others are records of what they were made of. Time and memory are in proportion to the bytes.
/// </summary>
/// <param name="text">Stands where the pickle begins, and afterwards behind it.</param>
/// <param name="persistent">What is meant by what stands outside of the pickle: storages.</param>
internal sealed class Unpickler(PickleText text, Func<object?, object?> persistent)
{
    private const int NewestProtocol = 5;

    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = new();
    private readonly Dictionary<long, object?> _memo = [];
    private readonly Budget _budget = new(1_000_000, "the pickle has too many steps");

    /// <summary>The object that the pickle holds.</summary>
    /// <exception cref="TensorFileException">It is none, or damaged.</exception>
    public object? Read()
    {
        for (; ; )
        {
            _budget.Spend(1);
            char code = (char)text.Byte();
            if (code == '.')
                return Pop();
            if (!Constant(code) && !Collection(code) && !Memory(code) && !Object(code))
                throw Damaged($"the byte 0x{(int)code:x2} at {text.Position - 1} is none of its steps");
        }
    }

    /// <summary>Numbers, texts and what else stands for itself.</summary>
    private bool Constant(char code)
    {
        switch (code)
        {
            case 'N': Push(null); break;
            case '\x88': Push(true); break;
            case '\x89': Push(false); break;
            case 'J': Push((long)text.Int()); break;
            case 'K': Push((long)text.Byte()); break;
            case 'M': Push((long)text.Short()); break;
            case 'I': Push(text.Line() switch { "00" => false, "01" => true, var line => Integer(line) }); break;
            case 'L': Push(Integer(text.Line().TrimEnd('L'))); break;
            case '\x8a': Push(Integer(text.Next(text.Byte()))); break;
            case '\x8b': Push(Integer(text.Next((uint)text.Int()))); break;
            case 'F': Push(double.TryParse(text.Line(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number
                : throw Damaged("a number is none")); break;
            case 'G': Push(text.Double()); break;
            case 'S': Push(text.Line().Trim('\'', '"')); break;
            case 'V': Push(text.Escaped()); break;
            case 'T': Push(text.Latin1((uint)text.Int())); break;
            case 'U': Push(text.Latin1(text.Byte())); break;
            case '\x8c': Push(text.Utf8(text.Byte())); break;
            case 'X': Push(text.Utf8((uint)text.Int())); break;
            case '\x8d': Push(text.Utf8(text.Long())); break;
            case 'B': Push(text.Next((uint)text.Int())); break;
            case 'C': Push(text.Next(text.Byte())); break;
            case '\x8e' or '\x96': Push(text.Next(text.Long())); break;
            default: return false;
        }

        return true;
    }

    private bool Collection(char code)
    {
        switch (code)
        {
            case ']' or ')' or '\x8f': Push(new PickleList()); break;
            case '}': Push(new PickleDictionary()); break;
            case 'l' or 't' or '\x91': Push(new PickleList { Items = PopToMark() }); break;
            case '\x85' or '\x86' or '\x87': Push(new PickleList { Items = PopMany(code - '\x84') }); break;
            case 'a': Append([Pop()]); break;
            case 'e' or '\x90': Append(PopToMark()); break;
            case 'd':
                var made = new PickleDictionary();
                Set(made, PopToMark());
                Push(made);
                break;
            case 's': SetItems(PopMany(2)); break;
            case 'u': SetItems(PopToMark()); break;
            default: return false;
        }

        return true;
    }

    /// <summary>The stack, and what is remembered of it.</summary>
    private bool Memory(char code)
    {
        switch (code)
        {
            case '(': _marks.Push(_stack.Count); break;
            case '0': Pop(); break;
            case '1': PopToMark(); break;
            case '2': Push(Top()); break;
            case 'p': _memo[Number(text.Line())] = Top(); break;
            case 'q': _memo[text.Byte()] = Top(); break;
            case 'r': _memo[(uint)text.Int()] = Top(); break;
            case '\x94': _memo[_memo.Count] = Top(); break;
            case 'g': Push(Remembered(Number(text.Line()))); break;
            case 'h': Push(Remembered(text.Byte())); break;
            case 'j': Push(Remembered((uint)text.Int())); break;
            case '\x80':
                int protocol = text.Byte();
                if (protocol > NewestProtocol)
                    throw new TensorFileException($"it is a pickle of protocol {protocol}, and those up to {NewestProtocol} are read; save it with "
                        + $"pickle_protocol={NewestProtocol}.");
                break;
            case '\x95': text.Next(8); break; // the length of what follows
            default: return false;
        }

        return true;
    }

    private bool Object(char code)
    {
        switch (code)
        {
            case 'c': Push(new PickleGlobal(text.Line(), text.Line())); break;
            case '\x93':
                List<object?> names = PopMany(2);
                Push(names is [string module, string name] ? new PickleGlobal(module, name) : throw Damaged("a class has no name"));
                break;
            case 'R' or '\x81':
                List<object?> called = PopMany(2);
                Push(Make(called[0], called[1] as PickleList));
                break;
            case '\x92':
                List<object?> withKeywords = PopMany(3);
                Push(Make(withKeywords[0], withKeywords[1] as PickleList));
                break;
            case 'i':
                var inline = new PickleGlobal(text.Line(), text.Line());
                Push(Make(inline, new PickleList { Items = PopToMark() }));
                break;
            case 'o':
                List<object?> parts = PopToMark();
                Push(parts.Count > 0 ? Make(parts[0], new PickleList { Items = parts[1..] }) : throw Damaged("an object has no class"));
                break;
            case 'b':
                object? state = Pop();
                Build(Top(), state);
                break;
            case 'P': Push(persistent(text.Line())); break;
            case 'Q': Push(persistent(Pop())); break;
            case '\x98': break; // a buffer that nobody writes to
            default: return false;
        }

        return true;
    }

    private object? Make(object? type, PickleList? arguments) =>
        type is not PickleGlobal global || arguments is null ? throw Damaged("what is called is no function") : KnownGlobals.Call(global, arguments, _budget);

    /// <summary>Gives an object its attributes.</summary>
    private static void Build(object? target, object? state)
    {
        switch (target)
        {
            case PickleRecord record: record.State = state; break;
            case NumpyType type: type.IsBigEndian = state is PickleList { Items: [_, ">", ..] }; break;
            case NumpyArray array: array.View = NumpyReader.View(state as PickleList); break;
        }
    }

    private void Append(IReadOnlyList<object?> items)
    {
        switch (Top())
        {
            case PickleList list: list.Items.AddRange(items); break;
            case PickleRecord record: record.List.Items.AddRange(items); break;
            default: throw Damaged("items are added to what is no list");
        }
    }

    private void SetItems(List<object?> items)
    {
        Set(Top() switch
        {
            PickleDictionary dictionary => dictionary,
            PickleRecord record => record.Entries,
            _ => throw Damaged("entries are added to what is no dictionary"),
        }, items);
    }

    private static void Set(PickleDictionary dictionary, List<object?> items)
    {
        if (items.Count % 2 != 0)
            throw Damaged("a key has no value");
        for (int k = 0; k < items.Count; k += 2)
            dictionary.Items.Add(new KeyValuePair<object?, object?>(items[k], items[k + 1]));
    }

    private object? Remembered(long place) => _memo.TryGetValue(place, out object? value) ? value : throw Damaged($"it remembers nothing as {place}");

    private void Push(object? value) => _stack.Add(value);

    /// <summary>Nothing below the last mark is within reach.</summary>
    private int Bottom => _marks.Count > 0 ? _marks.Peek() : 0;

    private object? Top() => _stack.Count > Bottom ? _stack[^1] : throw Damaged("its stack is empty");

    private object? Pop()
    {
        object? top = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private List<object?> PopMany(int count)
    {
        if (_stack.Count - Bottom < count)
            throw Damaged("its stack is empty");
        List<object?> items = _stack.GetRange(_stack.Count - count, count);
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    private List<object?> PopToMark()
    {
        if (!_marks.TryPop(out int mark))
            throw Damaged("a mark is missing");
        List<object?> items = _stack.GetRange(mark, _stack.Count - mark);
        _stack.RemoveRange(mark, items.Count);
        return items;
    }

    private static long Number(string text) => Integer(text) as long? ?? throw Damaged("a number is none");

    /// <summary>Of more than 64 bits, nothing: no size is so large.</summary>
    private static object? Integer(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number
        : text.Length > 0 && text.All(static c => char.IsAsciiDigit(c) || c == '-') ? null : throw Damaged("a number is none");

    private static object? Integer(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > sizeof(long))
            return null;
        long number = bytes.Length > 0 && (bytes.Span[^1] & 0x80) != 0 ? -1 : 0;
        for (int k = bytes.Length - 1; k >= 0; k--)
            number = (number << 8) | bytes.Span[k];
        return number;
    }

    private static TensorFileException Damaged(string what) => new($"the pickle is damaged: {what}; copy or save the file again.");
}
