using System;
using System.Collections.Generic;
using NetGen.Models.Weights;

namespace NetGen.Models.Hdf;

/// <summary>A group of an HDF5 file: what of it weights need.</summary>
internal sealed class HdfGroup
{
    /// <summary>Its attributes that are texts.</summary>
    public Dictionary<string, string[]> Texts { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, HdfGroup> Groups { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, TensorView> Tensors { get; } = new(StringComparer.Ordinal);

    /// <summary>A text that is alone in its attribute; null where there is none.</summary>
    public string? Text(string name) => Texts.GetValueOrDefault(name) is [var only] ? only : null;

    /// <summary>A tensor by its path; null where there is none.</summary>
    public TensorView? Find(string path)
    {
        HdfGroup? group = this;
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int k = 0; k < parts.Length - 1 && group is not null; k++)
            group = group.Groups.GetValueOrDefault(parts[k]);
        return parts.Length == 0 ? null : group?.Tensors.GetValueOrDefault(parts[^1]);
    }
}
