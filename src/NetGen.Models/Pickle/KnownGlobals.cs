using System.Collections.Generic;
using NetGen.Models.Weights;

namespace NetGen.Models.Pickle;

/// <summary>The classes and functions whose meaning is known: all that a pickle can have done.</summary>
internal static class KnownGlobals
{
    /// <summary>The element types of PyTorch's storages and of its types, by their names.</summary>
    private static readonly Dictionary<string, string> s_types = new()
    {
        ["FloatStorage"] = "F32",
        ["DoubleStorage"] = "F64",
        ["HalfStorage"] = "F16",
        ["BFloat16Storage"] = "BF16",
        ["LongStorage"] = "I64",
        ["IntStorage"] = "I32",
        ["ShortStorage"] = "I16",
        ["CharStorage"] = "I8",
        ["ByteStorage"] = "U8",
        ["BoolStorage"] = "BOOL",
        ["ComplexFloatStorage"] = "C64",
        ["ComplexDoubleStorage"] = "C128",
        ["float32"] = "F32",
        ["float64"] = "F64",
        ["float16"] = "F16",
        ["bfloat16"] = "BF16",
        ["int64"] = "I64",
        ["int32"] = "I32",
        ["int16"] = "I16",
        ["int8"] = "I8",
        ["uint8"] = "U8",
        ["uint16"] = "U16",
        ["uint32"] = "U32",
        ["uint64"] = "U64",
        ["bool"] = "BOOL",
        ["complex64"] = "C64",
        ["complex128"] = "C128",
        ["float8_e4m3fn"] = "F8_E4M3",
        ["float8_e5m2"] = "F8_E5M2",
    };

    /// <summary>The element type that a class of storages, or a type of PyTorch, stands for; null where it is none that is known.</summary>
    public static string? TypeOf(object? global) =>
        global is PickleGlobal { Module: "torch" or "torch.storage" or "torch.cuda", Name: var name } ? s_types.GetValueOrDefault(name) : null;

    /// <summary>What a call gives: of what is not known, a record of it.</summary>
    public static object? Call(PickleGlobal function, PickleList arguments, Budget budget)
    {
        switch (function.ToString())
        {
            case "collections.OrderedDict" or "builtins.dict" or "__builtin__.dict":
                return Dictionary(arguments.Items is [PickleList pairs] ? pairs : null, budget);
            case "collections.defaultdict":
                return new PickleDictionary();
            case "torch.Size" or "builtins.list" or "builtins.tuple" or "builtins.set" or "builtins.frozenset" or "__builtin__.set" or "__builtin__.frozenset":
                return arguments.Items is [PickleList items] ? items : new PickleList();
            case "torch._utils._rebuild_tensor_v2" or "torch._utils._rebuild_tensor" or "torch._utils._rebuild_tensor_v3":
                return (object?)TorchTensor.Of(arguments, typeAt: 6) ?? new PickleRecord(function, arguments);
            case "torch._utils._rebuild_parameter" or "torch._utils._rebuild_parameter_with_state" or "torch.jit._pickle.restore_type_tag":
                return arguments.Items is [var data, ..] ? data : null;
            case "torch._tensor._rebuild_from_type_v2" or "torch._tensor._rebuild_from_type":
                return arguments.Items is [PickleGlobal rebuild, _, PickleList with, ..] && rebuild.ToString() != function.ToString()
                    ? Call(rebuild, with, budget)
                    : new PickleRecord(function, arguments);
            case "torch.jit._pickle.build_intlist" or "torch.jit._pickle.build_doublelist" or "torch.jit._pickle.build_boollist" or "torch.jit._pickle.build_tensorlist":
                return arguments.Items is [PickleList list] ? list : new PickleList();
            case "numpy.core.multiarray._reconstruct" or "numpy._core.multiarray._reconstruct" or "numpy.ndarray":
                return new NumpyArray();
            case "numpy.core.numeric._frombuffer" or "numpy._core.numeric._frombuffer":
                return NumpyReader.FromBuffer(arguments);
            case "numpy.dtype":
                return NumpyReader.Type(arguments);
            case "_codecs.encode":
                return NumpyReader.Encoded(arguments, budget);
            default:
                return new PickleRecord(function, arguments);
        }
    }

    private static PickleDictionary Dictionary(PickleList? pairs, Budget budget)
    {
        var made = new PickleDictionary();
        budget.Spend(pairs?.Items.Count ?? 0);
        foreach (object? pair in pairs?.Items ?? [])
        {
            if (pair is PickleList { Items: [var key, var value] })
                made.Items.Add(new KeyValuePair<object?, object?>(key, value));
        }

        return made;
    }
}
