using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NetGen.Compiler.Text;
using NetGen.Models.Weights;

namespace NetGen.Models.Fitting;

/// <summary>What does not fit: every missing, surplus and misshaped tensor, a line each, and the renames that would do.</summary>
internal static class FitReport
{
    public static string Of(WeightFit fit, TensorFile file)
    {
        List<LayerPair> likely = Likely(fit, file);
        TargetLayer[] layers = [.. fit.Layers.Where(l => likely.All(p => p.Layer != l))];
        SourceModule[] modules = [.. fit.Modules.Where(m => likely.All(p => p.Module != m))];
        var text = new StringBuilder("it does not fit the spec:");
        void Line(string line) => text.Append("\n  ").Append(line);
        string[] parameters = [.. fit.Layers.SelectMany(static l => l.Parameters.Select(p => $"{l.Name}.{p.Name}"))];
        string[] tensors = [.. fit.Modules.SelectMany(static m => m.Tensors).Select(static t => t.Tensor.FullName)];
        string Near(string name, string[] names, string where) => Nearest.Find(name, names) is { } near ? $"; the nearest {where} is '{near}'" : "";

        foreach (LayerPair pair in likely)
        {
            foreach (Misshape m in pair.Fit.Misshapen)
            {
                string turned = m.Turned.SequenceEqual(m.Source.Tensor.View.Shape) ? "" : $", {Excerpt.Shape(m.Turned)} as PyTorch has it";
                Line($"other shape: {m.Source.Tensor.FullName} is {Excerpt.Shape(m.Source.Tensor.View.Shape)}{turned}, but {pair.Layer.Name}.{m.Parameter} is "
                    + $"{Excerpt.Shape(m.Wanted)}");
            }

            if (pair.Fit.Problem is not null)
                Line(pair.Fit.Problem);
        }

        IEnumerable<(TargetLayer, string)> missing = likely.SelectMany(static p => p.Fit.Missing.Select(m => (p.Layer, m)))
            .Concat(layers.SelectMany(static l => l.Parameters.Select(p => (l, p.Name))));
        foreach ((TargetLayer layer, string parameter) in missing)
            Line($"missing: {layer.Name}.{parameter} {Excerpt.Shape(layer.ShapeOf(parameter)!)}{Near($"{layer.Name}.{parameter}", tensors, "in the file")}");
        foreach (SourceTensor tensor in likely.SelectMany(static p => p.Fit.Surplus).Concat(modules.SelectMany(static m => m.Tensors)))
            Line($"surplus: {tensor.Tensor.FullName} {Excerpt.Shape(tensor.Tensor.View.Shape)}{Near(tensor.Tensor.FullName, parameters, "in the spec")}");

        Advise(fit, likely, layers, modules, Line);
        return text.ToString();
    }

    /// <summary>
    /// What was most likely meant: modules that fit but might be another layer's, in their order, and then those whose names or roles are a layer's.
    /// </summary>
    private static List<LayerPair> Likely(WeightFit fit, TensorFile file)
    {
        var pairs = new List<LayerPair>();
        List<SourceModule> free = [.. fit.Modules];
        void Take(Func<SourceModule, TargetLayer, LayerFit, bool> isMeant)
        {
            foreach (TargetLayer layer in fit.Layers.Where(l => pairs.All(p => p.Layer != l)))
            {
                foreach (SourceModule module in free)
                {
                    LayerFit found = ModuleFit.Of(module, layer, file.IsKeras, file.HasChannelsFirst);
                    if (!isMeant(module, layer, found))
                        continue;
                    pairs.Add(new LayerPair(layer, module, found));
                    free.Remove(module);
                    break;
                }
            }
        }

        Take(static (m, l, f) => m.Name == l.Name || m.Name.EndsWith("." + l.Name, StringComparison.Ordinal));
        Take(static (_, _, f) => f.IsPerfect);
        Take(static (_, _, f) => f.Missing.Count == 0 && f.Surplus.Count == 0 && f.Misshapen.Count < f.Fitted.Count + f.Misshapen.Count);
        Take(static (_, _, f) => f.Missing.Count == 0 && f.Surplus.Count == 0);
        return pairs;
    }

    private static void Advise(WeightFit fit, List<LayerPair> likely, TargetLayer[] layers, SourceModule[] modules, Action<string> line)
    {
        if (layers.Length > 0 || likely.Any(static p => !p.Fit.IsPerfect))
            return;
        string within = fit.Pairs.Concat(likely).Select(static p => p.Module.Tensors[0].Tensor.Within).FirstOrDefault() ?? "";
        IEnumerable<string> pairs = likely.Concat(modules.Length > 0 && likely.Count == 0 ? [] : fit.Pairs).OrderBy(p => likely.Contains(p) ? 0 : 1)
            .Where(static p => p.Module.Name != p.Layer.Name && p.Module.Name.Length > 0
                && !p.Module.Name.Contains(TensorRole.Stacked, StringComparison.Ordinal))
            .Select(p => $"--rename {within}{p.Module.Name}={p.Layer.Name}");
        string[] kept = [.. fit.Pairs.Concat(likely).Select(static p => p.Module.Name + ".")];
        IEnumerable<string> surplus = modules.SelectMany(m => NamesOf(m, kept)).Distinct().Select(n => $"--rename {within}{n}=");
        string how = likely.Count > 0 ? "which module is which layer is not certain; if they are in this order, this would do"
            : "this would leave out what no layer has";
        line($"{how}: {string.Join(' ', pairs.Concat(surplus))}");
    }

    /// <summary>By what a module is left out: the shortest beginning of its name that no module in use shares, else its tensors one by one.</summary>
    private static IEnumerable<string> NamesOf(SourceModule module, string[] kept)
    {
        for (int dot = module.Name.IndexOf('.', StringComparison.Ordinal); module.Name.Length > 0; dot = module.Name.IndexOf('.', dot + 1))
        {
            string part = dot < 0 ? module.Name : module.Name[..dot];
            if (!part.Contains('#', StringComparison.Ordinal) && !kept.Any(k => k.StartsWith(part + ".", StringComparison.Ordinal)))
                return [part];
            if (dot < 0)
                break;
        }

        return module.Tensors.Select(static t => t.Tensor.Name);
    }
}
