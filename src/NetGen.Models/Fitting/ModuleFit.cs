using System.Linq;
using NetGen.Compiler.Weights;

namespace NetGen.Models.Fitting;

/// <summary>What a module of a file is for a layer: by PyTorch's roles and shapes, or by Keras's.</summary>
internal static class ModuleFit
{
    private static readonly string[] s_keras =
        ["kernel", "recurrent_kernel", "depthwise_kernel", "gamma", "beta", "moving_mean", "moving_variance", "embeddings", "alpha", "mean", "variance",
            "scale"];

    /// <param name="hasChannelsFirst">What is flattened in the file's network is in our order.</param>
    public static LayerFit Of(SourceModule module, TargetLayer layer, bool isKeras, bool hasChannelsFirst)
    {
        var builder = new LayerFit.Builder(layer, module);
        if (isKeras || module.Tensors.Any(static t => s_keras.Contains(t.Role[(t.Role.IndexOf('.') + 1)..])))
            KerasForms.Fit(builder, module, layer, hasChannelsFirst);
        else
            Torch(builder, module, layer);
        return builder.Done();
    }

    private static void Torch(LayerFit.Builder builder, SourceModule module, TargetLayer layer)
    {
        foreach (SourceTensor tensor in module.Tensors)
        {
            string role = RecurrentName.Plain(tensor.Role);
            if (layer.Parameters.FirstOrDefault(p => RecurrentName.Plain(p.Name) == role) is { } parameter)
                builder.Take(tensor, parameter.Name, Turn.None(tensor.Tensor.View.Shape));
        }
    }
}
