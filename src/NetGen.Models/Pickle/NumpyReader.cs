using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NetGen.Compiler.Text;
using NetGen.Models.Weights;

namespace NetGen.Models.Pickle;

/// <summary>Arrays of NumPy within pickles.</summary>
internal static class NumpyReader
{
    /// <summary>The name that safetensors has for a type of NumPy, <c>f4</c>; null where elements are no numbers.</summary>
    public static string? TypeOf(string code) => code switch
    {
        "f2" => "F16",
        "f4" => "F32",
        "f8" => "F64",
        "i1" => "I8",
        "i2" => "I16",
        "i4" => "I32",
        "i8" => "I64",
        "u1" => "U8",
        "u2" => "U16",
        "u4" => "U32",
        "u8" => "U64",
        "b1" => "BOOL",
        "c8" => "C64",
        "c16" => "C128",
        _ => null,
    };

    /// <summary>What numpy.dtype('f4', …) gives; an order before the type counts.</summary>
    public static NumpyType Type(PickleList arguments)
    {
        string code = arguments.Items is [string text, ..] ? text : "";
        return new NumpyType(code.TrimStart('<', '>', '=', '|')) { IsBigEndian = code.StartsWith('>') };
    }

    /// <summary>An array by what it is filled with: (version, shape, type, whether in Fortran's order, bytes).</summary>
    public static TensorView? View(PickleList? state) =>
        state is { Items: [_, PickleList shape, NumpyType type, bool isFortranOrder, var data] } ? View(shape, type, isFortranOrder, data) : null;

    /// <summary>The arguments of _frombuffer: (bytes, type, shape, order).</summary>
    public static NumpyArray FromBuffer(PickleList arguments) => new()
    {
        View = arguments.Items is [var data, NumpyType type, PickleList shape, string order] ? View(shape, type, order == "F", data) : null,
    };

    private static TensorView? View(PickleList shape, NumpyType type, bool isFortranOrder, object? data)
    {
        // Arrays of objects and texts are no tensors.
        if (TypeOf(type.Code) is not { } name || data is not (ReadOnlyMemory<byte> or string))
            return null;
        ReadOnlyMemory<byte> bytes = data is string text ? Encoding.Latin1.GetBytes(text) : (ReadOnlyMemory<byte>)data;
        long[] sizes = Sizes(shape);
        TensorView view = TensorView.Dense(name, sizes, Storage.Of(bytes, type.IsBigEndian), isFortranOrder);
        if (view.Count * Elements.SizeOf(name) != bytes.Length)
            throw new TensorFileException($"an array of shape {Excerpt.Shape(sizes)} has {bytes.Length} bytes of {name}; the file is damaged, save it again.");
        return view;
    }

    /// <summary>What stands in a tuple of whole numbers.</summary>
    public static long[] Sizes(PickleList list) =>
        [.. list.Items.Select(static i => i as long?
            ?? throw new TensorFileException("a shape holds something other than whole numbers; the file is damaged, save it again."))];

    /// <summary>Bytes that were pickled as text, each a letter of Latin-1, as protocols below 3 do.</summary>
    public static object? Encoded(PickleList arguments, Budget budget)
    {
        if (arguments.Items is not [string text, ..])
            return null;
        budget.Spend(text.Length / 16);
        return (ReadOnlyMemory<byte>)Encoding.Latin1.GetBytes(text);
    }
}
