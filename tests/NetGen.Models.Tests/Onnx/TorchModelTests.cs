using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Xunit;

namespace NetGen.Models.Tests.Onnx;

/// <summary>The models of PyTorch are what their samples say, before anything is made of them.</summary>
public sealed class TorchModelTests
{
    public static TheoryData<string> Names => [.. TorchModel.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void ONNX_Runtime_gives_the_outputs_that_were_recorded(string name)
    {
        TorchModel model = TorchModel.Read(name);
        using var session = new InferenceSession(model.Path);
        NamedOnnxValue[] inputs = [.. session.InputMetadata.Select(input => Value(input.Key, model.Samples[input.Key], input.Value.ElementDataType))];
        Assert.Equal(model.Samples.Count, inputs.Length + session.OutputNames.Count);

        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = session.Run(inputs);

        foreach (DisposableNamedOnnxValue output in outputs)
        {
            NamedTensor expected = model.Samples[output.Name];
            Tensor<float> actual = output.AsTensor<float>();
            Assert.Equal(expected.Shape, actual.Dimensions.ToArray());
            double limit = 1e-5 * Math.Max(0.1, expected.Values.Max(Math.Abs));
            void IsRight(float value, int k) =>
                Assert.True(Math.Abs(value - expected.Values[k]) <= limit, $"{output.Name}[{k}] is {value}, but should be {expected.Values[k]}");
            Assert.All(actual.ToArray(), IsRight);
        }
    }

    private static NamedOnnxValue Value(string name, NamedTensor tensor, TensorElementType type) => type == TensorElementType.Int64
        ? NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>(Array.ConvertAll(tensor.Values, static v => (long)v), tensor.Shape))
        : NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(tensor.Values, tensor.Shape));
}
