using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Models.Import;

/// <summary>The layers of a spec while they are simplified.</summary>
/// <param name="inputs">What the caller gives.</param>
/// <param name="layers">Each behind those that it reads.</param>
/// <param name="outputs">What the caller gets, with the model's names.</param>
internal sealed class SpecGraph(List<SpecLayer> inputs, List<SpecLayer> layers, List<(string Name, Read Read)> outputs)
{
    public List<SpecLayer> Inputs { get; } = inputs;

    public List<SpecLayer> Layers { get; } = layers;

    public List<(string Name, Read Read)> Outputs { get; } = outputs;

    /// <summary>The layers that read one.</summary>
    public IReadOnlyList<SpecLayer> ReadersOf(SpecLayer layer) => [.. Layers.Where(l => l.Reads.Exists(r => r.Layer == layer))];

    /// <summary>The layer that alone reads what another gives, which is no output and of which no state is read; null where there is none.</summary>
    public SpecLayer? OnlyReader(SpecLayer layer)
    {
        if (Outputs.Exists(o => o.Read.Layer == layer))
            return null;
        SpecLayer? found = null;
        foreach (SpecLayer reader in Layers)
        {
            foreach (Read read in reader.Reads)
            {
                if (read.Layer != layer)
                    continue;
                if (read.Part is not null || (found is not null && found != reader))
                    return null;
                found = reader;
            }
        }

        return found;
    }

    public bool IsReadOnce(SpecLayer layer) => Layers.Sum(l => l.Reads.Count(r => r.Layer == layer)) + Outputs.Count(o => o.Read.Layer == layer) == 1;

    /// <summary>What reads one value reads another from now on.</summary>
    public void Replace(Read old, Read by)
    {
        foreach (SpecLayer layer in Layers)
        {
            for (int i = 0; i < layer.Reads.Count; i++)
            {
                if (layer.Reads[i] == old && layer != by.Layer)
                    layer.Reads[i] = by;
            }
        }

        for (int i = 0; i < Outputs.Count; i++)
        {
            if (Outputs[i].Read == old)
                Outputs[i] = (Outputs[i].Name, by);
        }
    }

    /// <summary>Puts a layer before another in the order.</summary>
    public void InsertBefore(SpecLayer place, SpecLayer layer) => Layers.Insert(Layers.IndexOf(place), layer);

    public void InsertBehind(SpecLayer place, SpecLayer layer) => Layers.Insert(place.IsInput ? 0 : Layers.IndexOf(place) + 1, layer);

    /// <summary>Takes layers away that no output comes of.</summary>
    public void RemoveUnread()
    {
        var read = new HashSet<SpecLayer>();
        var open = new Stack<SpecLayer>(Outputs.Select(static o => o.Read.Layer));
        while (open.TryPop(out SpecLayer? layer))
        {
            if (!read.Add(layer))
                continue;
            foreach (Read r in layer.Reads)
                open.Push(r.Layer);
        }

        Layers.RemoveAll(l => !read.Contains(l));
    }

    /// <summary>Each behind those that it reads, otherwise as they are; for after layers were put in the place of others.</summary>
    public void Order()
    {
        var placed = new HashSet<SpecLayer>(Inputs);
        var order = new List<SpecLayer>();
        void Place(SpecLayer layer)
        {
            if (!placed.Add(layer))
                return;
            foreach (Read read in layer.Reads)
                Place(read.Layer);
            order.Add(layer);
        }

        foreach (SpecLayer layer in Layers)
            Place(layer);
        Layers.Clear();
        Layers.AddRange(order);
    }
}
