using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Text;
using NetGen.Compiler.Weights;
using NetGen.Models.Weights;

namespace NetGen.Models.Fitting;

/// <summary>What a parameter was made of.</summary>
/// <param name="Name">In the file that is written.</param>
/// <param name="Source">The tensor's name in the file that was read; null for zeros.</param>
/// <param name="How">What was done with it; empty for nothing.</param>
internal sealed record ParameterOrigin(string Name, IReadOnlyList<int> Shape, string? Source, string How);

/// <summary>The weights of a network, made of the tensors of a file.</summary>
internal sealed record SpecWeights(IReadOnlyList<NamedTensor> Tensors, IReadOnlyList<ParameterOrigin> Origins, IReadOnlyList<string> Notes)
{
    /// <summary>Makes a network's weights.</summary>
    /// <exception cref="TensorFileException">The file does not fit: all that is missing, surplus or of another shape, a line each.</exception>
    public static SpecWeights Of(TensorFile file, Network network)
    {
        IReadOnlyList<TargetLayer> layers = TargetLayer.Of(network);
        if (layers.Count == 0)
            throw new TensorFileException("the network has no parameters, so there is nothing to write.");
        (WeightFit fit, string container, IReadOnlyList<FileTensor> left) = Choose(file, layers);
        if (!fit.IsPerfect)
            throw new TensorFileException(FitReport.Of(fit, file));

        // A spec that says how its file names the tensors finds them so.
        TensorNames names = network.Weights?.TensorNames ?? TensorNames.OfNetwork;
        var tensors = new List<NamedTensor>();
        var origins = new List<ParameterOrigin>();
        var notes = new List<string>();
        if (left.Count > 0 || container.Length > 0)
        {
            string others = Excerpt.Names([.. left.Select(static t => t.Container.Split('.')[0]).Distinct()]);
            string taken = container.Length == 0 ? "" : $"taken from '{container.TrimEnd('.')}'";
            string rest = left.Count == 0 ? "" : $"{others}: {left.Count} tensors";
            notes.Add(taken.Length == 0 ? $"not taken from {rest}" : rest.Length == 0 ? taken : $"{taken}; not from {rest}");
        }

        var conversion = new Conversion();
        foreach (PlacedParameter parameter in network.Parameters)
        {
            FittedParameter fitted = fit.Pairs.First(p => p.Layer.Name == parameter.Layer.Name).Fit.Fitted.First(f => f.Parameter == parameter.Parameter.Name);
            float[] values = fitted.Source is { } source
                ? fitted.Turn.Apply(conversion.ToFloats(source.Tensor), source.Tensor.View.Shape)
                : new float[parameter.Parameter.Size];
            string name = names.Of(parameter.Name);
            tensors.Add(new NamedTensor(name, fitted.Turn.Shape, values));
            origins.Add(new ParameterOrigin(name, fitted.Turn.Shape, fitted.Source?.Tensor.FullName, fitted.Turn.Text));
        }

        notes.AddRange(conversion.Notes);
        return new SpecWeights(tensors, origins, notes);
    }

    /// <summary>What a file holds, under its own names and in its own shapes.</summary>
    /// <exception cref="TensorFileException">A tensor cannot be made floats.</exception>
    public static SpecWeights AsTheyAre(TensorFile file)
    {
        var conversion = new Conversion();
        NamedTensor[] tensors = [.. file.Tensors.Select(t => new NamedTensor(t.Name, t.View.Shape, conversion.ToFloats(t)))];
        string[] layouts = file.IsKeras ? ["kernels keep Keras's shapes and names; --for SPEC turns them"] : [];
        return new SpecWeights(
            tensors,
            [.. file.Tensors.Select(static t => new ParameterOrigin(t.Name, t.View.Shape, t.Name, t.View.Type == "F32" ? "" : $"from {t.View.Type}"))],
            [.. layouts, .. conversion.Notes]);
    }

    /// <summary>All tensors, or where a checkpoint holds more than a network, those of the one dictionary that fits.</summary>
    private static (WeightFit Fit, string Container, IReadOnlyList<FileTensor> Left) Choose(TensorFile file, IReadOnlyList<TargetLayer> layers)
    {
        WeightFit nearest = Fit(file.Tensors, layers, file);
        if (nearest.IsPerfect)
            return (nearest, "", []);
        // What stands in no dictionary, be it for a rename, is looked at by itself as well.
        string[] containers = [.. file.Tensors.SelectMany(static t => Containers(t.Container)).Distinct(StringComparer.Ordinal).Take(100)];
        foreach (IGrouping<int, string> level in containers.Append("").GroupBy(static c => c.Count(static d => d == '.')).OrderBy(static g => g.Key))
        {
            var fitting = new List<(WeightFit, string, IReadOnlyList<FileTensor>)>();
            foreach (string container in level)
            {
                IReadOnlyList<FileTensor> within =
                    [.. file.Tensors.Where(t => container.Length == 0 ? t.Container.Length == 0 : t.Container.StartsWith(container, StringComparison.Ordinal))];
                WeightFit fit = Fit([.. within.Select(t => t with { Name = t.Name[container.Length..], Within = container })], layers, file);
                if (fit.IsPerfect)
                    fitting.Add((fit, container, [.. file.Tensors.Except(within)]));
                if ((fit.Layers.Count, fit.Modules.Count).CompareTo((nearest.Layers.Count, nearest.Modules.Count)) < 0)
                    nearest = fit;
            }

            if (fitting.Count > 1)
            {
                string[] names = [.. fitting.Select(static f => f.Item2.TrimEnd('.'))];
                throw new TensorFileException($"{Excerpt.Names(names)} both fit; leave out what is not meant: "
                    + $"{string.Join(' ', names.Skip(1).Select(static n => $"--rename {n}="))}");
            }

            if (fitting.Count == 1)
                return fitting[0];
        }

        return (nearest, "", []);
    }

    private static WeightFit Fit(IReadOnlyList<FileTensor> tensors, IReadOnlyList<TargetLayer> layers, TensorFile file)
    {
        IReadOnlyList<SourceModule> modules = SourceModule.Of(tensors);
        return (PlainArrays.Are(modules) ? PlainArrays.Fit(modules[0], layers, file) : null) ?? WeightFit.Of(modules, layers, file);
    }

    /// <summary>A dictionary, and those that it stands in.</summary>
    private static IEnumerable<string> Containers(string container)
    {
        for (int dot = container.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = container.IndexOf('.', dot + 1))
            yield return container[..(dot + 1)];
    }
}
