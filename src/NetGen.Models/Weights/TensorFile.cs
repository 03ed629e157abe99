using System;
using System.Collections.Generic;

namespace NetGen.Models.Weights;

/// <summary>A tensor of a file.</summary>
/// <param name="Name">Its whole name, with points between its parts.</param>
/// <param name="View">Where its elements are.</param>
/// <param name="Container">What stands before its name in the dictionary that holds it, with a point behind: <c>model.</c> where a file has {"model":
/// state dict}.</param>
internal sealed record FileTensor(string Name, TensorView View, string Container = "")
{
    /// <summary>What was taken off the beginning of its name: the dictionary that it was looked for in.</summary>
    public string Within { get; init; } = "";

    /// <summary>Its name in the file.</summary>
    public string FullName => Within + Name;

    /// <summary>Its name is what the user wants it to be.</summary>
    public bool IsRenamed { get; init; }
}

/// <summary>What a file of weights holds.</summary>
/// <param name="Format">For people: <c>PyTorch</c>.</param>
/// <param name="Tensors">In the order of the file.</param>
internal sealed record TensorFile(string Format, IReadOnlyList<FileTensor> Tensors) : IDisposable
{
    /// <summary>The kernels are Keras's: what goes in stands before what comes out, and channels stand last.</summary>
    public bool IsKeras { get; init; }

    /// <summary>Of a model of Keras that says so, images have their channels first.</summary>
    public bool HasChannelsFirst { get; init; }

    /// <summary>What is open as long as tensors are read.</summary>
    public IDisposable? Source { get; init; }

    /// <summary>What is to be said of the file once its elements are read; null for nothing.</summary>
    public string? Doubt => Source is ZipContent { Unequal: > 0 and var count }
        ? $"the sums of {count} parts of the archive are not those stored with them: it was saved without sums (torch.serialization.set_crc32_options), "
            + "or is damaged"
        : null;

    public void Dispose() => Source?.Dispose();
}
