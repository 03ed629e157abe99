using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Layers.Cells;
using NetGen.Models.Onnx.Proto;

namespace NetGen.Models.Onnx.Export.Layers;

/// <summary>The activations of recurrent layers, as far as ONNX has words for them.</summary>
internal static class RecurrentActivations
{
    /// <summary>The attributes that name a layer's activations, none where they are the usual ones; null where ONNX has no word for one.</summary>
    /// <param name="directions">They are stated for each.</param>
    public static AttributeProto[]? Of(Recurrent layer, int directions)
    {
        RecurrentCell cell = layer.Cell;
        ElementwiseActivation[] all = cell switch
        {
            LstmCell => [cell.RecurrentActivation, cell.Activation, cell.Activation],
            GruCell => [cell.RecurrentActivation, cell.Activation],
            _ => [cell.Activation],
        };
        List<(string Name, float? Alpha, float? Beta)> words = [];
        foreach (ElementwiseActivation activation in Enumerable.Repeat(all, directions).SelectMany(static a => a))
        {
            if (WordOf(activation) is not { } word)
                return null;
            words.Add(word);
        }

        if (words.All(static w => w.Name is "Tanh" or "Sigmoid") && cell.Activation.Kind == "tanh" && cell.RecurrentActivation.Kind == "sigmoid")
            return [];
        // Numbers stand only for the activations that take some, one behind the other.
        float[] alphas = [.. words.Select(static w => w.Alpha).OfType<float>()], betas = [.. words.Select(static w => w.Beta).OfType<float>()];
        return
        [
            Attributes.Of("activations", words.Select(static w => w.Name)),
            .. alphas.Length == 0 ? [] : new[] { Attributes.Of("activation_alpha", alphas) },
            .. betas.Length == 0 ? [] : new[] { Attributes.Of("activation_beta", betas) },
        ];
    }

    private static (string Name, float? Alpha, float? Beta)? WordOf(ElementwiseActivation activation) => activation.Kind switch
    {
        "tanh" => ("Tanh", null, null),
        "sigmoid" => ("Sigmoid", null, null),
        "relu" => ("Relu", null, null),
        "softsign" => ("Softsign", null, null),
        "softplus" => ("Softplus", null, null),
        "linear" => ("Affine", 1, 0),
        "leaky_relu" => ("LeakyRelu", ActivationExports.Factor(activation), null),
        "elu" => ("Elu", ActivationExports.Factor(activation), null),
        "hard_sigmoid" => ("HardSigmoid", (float)(1.0 / 6), 0.5f),
        _ => null,
    };
}
