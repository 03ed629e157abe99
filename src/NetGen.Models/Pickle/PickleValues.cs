using System.Collections.Generic;
using NetGen.Models.Weights;

namespace NetGen.Models.Pickle;

/// <summary>A class or function that a pickle names. Naming is all that happens: nothing is looked up or called.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>A list, tuple or set.</summary>
internal sealed class PickleList
{
    public List<object?> Items { get; init; } = [];
}

/// <summary>A dictionary, its entries in their order.</summary>
internal sealed class PickleDictionary
{
    public List<KeyValuePair<object?, object?>> Items { get; } = [];
}

/// <summary>An object of a class that is not known here: what it was made of, and nothing that it does.</summary>
internal sealed class PickleRecord(PickleGlobal type, object? arguments)
{
    public PickleGlobal Type => type;

    /// <summary>What its class was called with.</summary>
    public object? Arguments => arguments;

    /// <summary>Its attributes, most often a dictionary; null for none.</summary>
    public object? State { get; set; }

    /// <summary>What it holds where its class is one of lists.</summary>
    public PickleList List { get; } = new();

    /// <summary>What it holds where its class is one of dictionaries.</summary>
    public PickleDictionary Entries { get; } = new();
}

/// <summary>The elements that tensors of PyTorch are views of.</summary>
/// <param name="Type">Of an element; null of a storage of bytes.</param>
internal sealed record PickleStorage(string? Type, Storage Storage);

/// <summary>The element type of an array of NumPy.</summary>
internal sealed class NumpyType(string code)
{
    /// <summary>As in <c>f4</c>.</summary>
    public string Code => code;

    public bool IsBigEndian { get; set; }
}

/// <summary>An array of NumPy, which is made empty and then filled.</summary>
internal sealed class NumpyArray
{
    public TensorView? View { get; set; }
}
