using NetGen.Compiler.Layers;

namespace NetGen.Models.Onnx.Export.Layers;

/// <summary>Products with a weight, and rows of a table.</summary>
internal static class DenseExport
{
    public static string Write(Dense layer, LayerWriter w)
    {
        string weight = w.Nodes.Parameter((layer.Weight?.Owner ?? layer.Name) + ".weight");
        // As it is presented, [out, in]; what another layer has may be the other way round.
        bool hasRowsOfInputs = layer.Weight is { IsTransposed: true };
        string? bias = layer.UseBias ? w.Parameter("bias") : null;
        string sum;
        if (layer.Input.Rank == 1)
            sum = w.Nodes.Main("Gemm", [w.X, weight, bias ?? ""], hasRowsOfInputs ? [] : [Attributes.Of("transB", 1)]);
        else
        {
            string right = hasRowsOfInputs ? weight : w.Transpose("weight", weight, 1, 0);
            sum = w.Nodes.Main("MatMul", [w.X, right]);
            if (bias is not null)
                sum = w.Nodes.Node("Add", "sum", [sum, bias]);
        }

        return ActivationExports.Write(layer.Activation, w.Nodes.Within("activation"), sum, layer.Output);
    }

    public static string Write(Embedding layer, LayerWriter w)
    {
        string indices = w.Nodes.Node("Cast", "indices", [w.X], Attributes.Of("to", (long)Proto.TensorProto.Types.DataType.Int64));
        return w.Nodes.Main("Gather", [w.Parameter("weight"), indices]);
    }
}
