using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace NetGen.Models.Fitting;

/// <summary>A tensor's name, taken apart.</summary>
/// <param name="Module">What has it: <c>features.0</c>.</param>
/// <param name="Role">What it is there: <c>weight</c>.</param>
internal readonly partial record struct TensorRole(string Module, string Role)
{
    /// <summary>Those of PyTorch, and of Keras and Flax.</summary>
    private static readonly HashSet<string> s_known =
    [
        "weight", "bias", "weight_ih", "weight_hh", "bias_ih", "bias_hh", "running_mean", "running_var", "num_batches_tracked",
        "kernel", "recurrent_kernel", "depthwise_kernel", "pointwise_kernel", "gamma", "beta", "moving_mean", "moving_variance", "embeddings", "alpha",
            "mean", "variance",
        "count", "scale",
    ];

    /// <summary>What no parameter is made of: counters, and the seeds of layers that drop values.</summary>
    public bool IsIgnored => Role is "num_batches_tracked" or "count" || Role.EndsWith("seed_generator_state", StringComparison.Ordinal);

    public static TensorRole Of(string name)
    {
        int cut = name.LastIndexOfAny(['.', '/']);
        (string module, string role) = (cut < 0 ? "" : name[..cut], name[(cut + 1)..]);
        // A second and further layer of a recurrent module of PyTorch is a module of its own.
        Match layer = StackedLayer().Match(role);
        if (layer.Success)
        {
            string number = layer.Groups["layer"].Value;
            return new TensorRole(number == "0" ? module : $"{module}{Stacked}{number}", layer.Groups["role"].Value + layer.Groups["reverse"].Value);
        }

        if (IsKnown(role))
            return new TensorRole(module, role);
        // fc1_weight, as where names are those of variables.
        string? ending = s_known.Where(k => role.EndsWith("_" + k, StringComparison.Ordinal)).MaxBy(static k => k.Length);
        return ending is null ? new TensorRole(module, role) : new TensorRole(Join(module, role[..^(ending.Length + 1)]), ending);
    }

    /// <summary>What stands between a recurrent module's name and the number of a layer in it.</summary>
    public const string Stacked = "#l";

    private static bool IsKnown(string role) =>
        s_known.Contains(role) || (role.EndsWith("_reverse", StringComparison.Ordinal) && s_known.Contains(role[..^"_reverse".Length]));

    private static string Join(string module, string name) => module.Length == 0 ? name : $"{module}.{name}";

    [GeneratedRegex(@"^(?<role>(weight|bias)_(ih|hh))_l(?<layer>[0-9]{1,3})(?<reverse>_reverse)?$", RegexOptions.CultureInvariant)]
    private static partial Regex StackedLayer();
}
