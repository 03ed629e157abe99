using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Gated = TorchSharp.Modules.GRU;
using LongShortTerm = TorchSharp.Modules.LSTM;

namespace NetGen.Benchmarks;

/// <summary>A network as TorchSharp's modules, without the last softmax: that is the loss's or the caller's.</summary>
internal static class TorchSharpModel
{
    public static Module<Tensor, Tensor> Of(BenchmarkNet net)
    {
        List<Module<Tensor, Tensor>> modules = [];
        for (int l = 0; l < net.Layers.Count; l++)
        {
            NetLayer layer = net.Layers[l];
            if (layer is DenseLayer && l > 0 && net.Layers[l - 1] is not (DenseLayer or Recurrent))
                modules.Add(Flatten());
            modules.AddRange(Modules(layer));
            switch (layer.Activation)
            {
                case Activation.Sigmoid:
                    modules.Add(Sigmoid());
                    break;
                case Activation.Tanh:
                    modules.Add(Tanh());
                    break;
                case Activation.Relu:
                    modules.Add(ReLU());
                    break;
            }
        }

        return Sequential([.. modules]);
    }

    private static IEnumerable<Module<Tensor, Tensor>> Modules(NetLayer layer) => layer switch
    {
        DenseLayer d => [Linear(d.Input.Length, d.Units)],
        Recurrent r => [new LastOutput(r)],
        MaxPool p => [MaxPool2d(p.Size)],
        Convolution { IsSignal: true } c =>
        [
            .. c.IsPadded ? (Module<Tensor, Tensor>[])[ConstantPad1d((c.Across.Before, c.Across.After), 0)] : [],
            Conv1d(c.Input.Channels, c.Filters, c.Across.Kernel, c.Across.Stride, 0, c.Across.Dilation, groups: c.Groups),
        ],
        Convolution c when (c.Down.Before, c.Across.Before) == (c.Down.After, c.Across.After) => [Convolution(c, (c.Down.Before, c.Across.Before))],
        Convolution c => [ZeroPad2d((c.Across.Before, c.Across.After, c.Down.Before, c.Down.After)), Convolution(c, (0, 0))],
        _ => throw new NotSupportedException($"{layer.GetType().Name} is not written for TorchSharp"),
    };

    private static Module<Tensor, Tensor> Convolution(Convolution c, (long Down, long Across) padding) => Conv2d(
        c.Input.Channels, c.Filters, (c.Down.Kernel, c.Across.Kernel), (c.Down.Stride, c.Across.Stride), padding, (c.Down.Dilation, c.Across.Dilation), groups: c.Groups);

    /// <summary>A recurrent layer over whole sequences, of which the last output goes on.</summary>
    private sealed class LastOutput : Module<Tensor, Tensor>
    {
        private readonly Module _layer;

        public LastOutput(Recurrent r)
            : base("last")
        {
            _layer = r.Cell == Cell.Lstm ? LSTM(r.Features, r.Units, batchFirst: true) : GRU(r.Features, r.Units, batchFirst: true);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor y = _layer is LongShortTerm lstm ? lstm.forward(input).Item1 : ((Gated)_layer).forward(input).Item1;
            return y.select(1, -1).MoveToOuterDisposeScope();
        }
    }
}
