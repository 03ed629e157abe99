using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NetGen.Models.Weights;

namespace NetGen.Models.Fitting;

/// <summary>A tensor of a module in a file.</summary>
/// <param name="Role">What it is there: <c>weight</c>.</param>
internal sealed record SourceTensor(string Role, FileTensor Tensor);

/// <summary>What has parameters in a file: a layer, as the framework that wrote the file sees it.</summary>
internal sealed partial record SourceModule(string Name, IReadOnlyList<SourceTensor> Tensors)
{
    private const string Forward = "forward", Backward = "backward";

    /// <summary>The module's name without numbers: of fc1 and fc2, or dense and dense_1, one.</summary>
    public string Unnumbered { get; } = Digits().Replace(Name, "");

    /// <summary>By which names are ordered, so that 10 comes after 9 and dense before dense_1.</summary>
    public string Order { get; } = Digits().Replace(Name, static m => m.Value.TrimStart('_', '#', 'l').PadLeft(10, '0'));

    /// <summary>The user has called it so.</summary>
    public bool IsRenamed => Tensors.All(static t => t.Tensor.IsRenamed);

    public SourceTensor? Find(string role) => Tensors.FirstOrDefault(t => t.Role == role);

    /// <summary>The modules that tensors are of, in their order, without what no parameter is made of.</summary>
    public static IReadOnlyList<SourceModule> Of(IEnumerable<FileTensor> tensors) =>
        [.. tensors.Select(static t => (Role: TensorRole.Of(t.Name), Tensor: t))
            .Where(static t => !t.Role.IsIgnored)
            .Select(static t => (Role: WithoutDirection(t.Role), t.Tensor))
            .GroupBy(static t => t.Role.Module, StringComparer.Ordinal)
            .SelectMany(static g => Apart(new SourceModule(g.Key, [.. g.Select(static t => new SourceTensor(t.Role.Role, t.Tensor))])))];

    /// <summary>Both directions of Keras's wrapper are one module: what reads from the end is told by the role.</summary>
    private static TensorRole WithoutDirection(TensorRole role)
    {
        int dot = role.Module.LastIndexOf('.');
        string last = role.Module[(dot + 1)..];
        return dot > 0 && last is Forward or Backward ? new TensorRole(role.Module[..dot], $"{last}.{role.Role}") : role;
    }

    /// <summary>A separable convolution is two layers: one by the channels, and one of size 1, which has the bias.</summary>
    private static IEnumerable<SourceModule> Apart(SourceModule module)
    {
        if (module.Find("depthwise_kernel") is not { } depthwise || module.Find("pointwise_kernel") is null)
            return [module];
        IEnumerable<SourceTensor> rest = module.Tensors.Where(t => t != depthwise)
            .Select(static t => t.Role == "pointwise_kernel" ? t with { Role = "kernel" } : t);
        return [module with { Tensors = [depthwise] }, module with { Tensors = [.. rest] }];
    }

    [GeneratedRegex("(_|#l)?[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
