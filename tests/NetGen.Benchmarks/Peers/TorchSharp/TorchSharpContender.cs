using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Parameter = TorchSharp.Modules.Parameter;

namespace NetGen.Benchmarks;

/// <summary>A Sequential of TorchSharp, on tensors that are made once.</summary>
internal sealed class TorchSharpContender : IContender
{
    private readonly Workload _workload;
    private readonly Tensor[] _inputs, _targets, _initial;

    /// <summary>As it trains: the loss has the softmax.</summary>
    private readonly Module<Tensor, Tensor> _model;

    /// <summary>As it infers.</summary>
    private readonly Module<Tensor, Tensor> _network;

    private readonly Tensor[] _parameters;
    private float _consumed;

    public TorchSharpContender(Workload workload)
    {
        _workload = workload;
        (int samples, BenchmarkNet net) = (workload.Task.Samples, workload.Net);
        _model = TorchSharpModel.Of(net);
        _network = net.IsClassifier ? Sequential(_model, Softmax(1)) : _model;
        _parameters = [.. _model.parameters()];
        _inputs = Sets(workload.Inputs, workload.SetInputs, [samples, .. net.Layers[0].InputShape]);
        _targets = Sets(workload.Targets, workload.SetTargets, [samples, .. net.Layers[^1].OutputShape]);
        if (net.IsClassifier)
            _targets = Array.ConvertAll(_targets, t => t.argmax(1));
        List<Tensor> initial = [];
        int at = 0;
        foreach (Tensor p in _parameters)
        {
            int length = (int)p.numel();
            initial.Add(tensor(workload.Parameters[at..(at + length)], p.shape));
            at += length;
        }

        _initial = [.. initial];
        Restore();
    }

    public string Form => "eager";

    public float[] Outputs()
    {
        Restore();
        using IDisposable mode = inference_mode();
        List<float> all = [];
        foreach (Tensor input in _inputs)
        {
            using Tensor y = _network.forward(input);
            all.AddRange(y.data<float>().ToArray());
        }

        return [.. all];
    }

    public float[] ParametersAfterStep(float learningRate)
    {
        Restore();
        using optim.Optimizer optimizer = optim.SGD(_parameters.Cast<Parameter>(), learningRate);
        Step(optimizer, 0);
        return [.. _parameters.SelectMany(p => p.data<float>().ToArray())];
    }

    public double Time(long calls)
    {
        Restore();
        return _workload.Task.IsStep ? TimeSteps(calls) : TimeInference(calls);
    }

    public void Dispose()
    {
        foreach (Tensor t in (IEnumerable<Tensor>)[.. _inputs, .. _targets, .. _initial])
            t.Dispose();
        _network.Dispose();
        _model.Dispose();
    }

    private static Tensor[] Sets(float[] values, int size, IReadOnlyList<int> shape) =>
        [.. Enumerable.Range(0, values.Length / size).Select(set => tensor(values[(set * size)..((set + 1) * size)], [.. shape.Select(s => (long)s)]))];

    private void Restore()
    {
        using IDisposable mode = no_grad();
        for (int k = 0; k < _parameters.Length; k++)
            _parameters[k].copy_(_initial[k]);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private double TimeInference(long calls)
    {
        using IDisposable mode = inference_mode();
        int set = 0;
        long start = Stopwatch.GetTimestamp();
        for (long k = 0; k < calls; k++)
        {
            using Tensor y = _network.forward(_inputs[set]);
            set = set + 1 == _inputs.Length ? 0 : set + 1;
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    private double TimeSteps(long calls)
    {
        using optim.Optimizer optimizer = optim.SGD(_parameters.Cast<Parameter>(), _workload.LearningRate);
        int set = 0;
        long start = Stopwatch.GetTimestamp();
        for (long k = 0; k < calls; k++)
        {
            Step(optimizer, set);
            set = set + 1 == _inputs.Length ? 0 : set + 1;
        }

        double time = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        GC.KeepAlive(_consumed);
        return time;
    }

    private void Step(optim.Optimizer optimizer, int set)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor y = _model.forward(_inputs[set]);
        Tensor loss = _workload.Net.IsClassifier
            ? functional.cross_entropy(y, _targets[set])
            : (y - _targets[set]).square().sum() * (0.5f / _workload.Task.Samples);
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
        _consumed += loss.item<float>();
    }
}
