using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.ML.OnnxRuntime;

namespace NetGen.Benchmarks;

/// <summary>A session of ONNX Runtime, whose inputs and outputs are made once, over the caller's arrays.</summary>
internal sealed class OnnxContender : IContender
{
    private static readonly string[] s_inputNames = [OnnxModel.Input], s_outputNames = [OnnxModel.Output];

    private readonly Workload _workload;
    private readonly bool _isBound;
    private readonly float[] _outputs;
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();

    /// <summary>For each set the one value that is its input, and the binding of that to the output.</summary>
    private readonly OrtValue[][] _inputValues;

    private readonly OrtValue[] _outputValues;
    private readonly OrtIoBinding[] _bindings;

    /// <param name="workload">Its data.</param>
    /// <param name="isBound">Whether inputs and outputs are bound to the session, or handed to each call.</param>
    public OnnxContender(Workload workload, bool isBound)
    {
        (_workload, _isBound) = (workload, isBound);
        _outputs = new float[workload.SetTargets];
        int samples = workload.Task.Samples;
        Recurrent? recurrent = workload.Net.Layers[0] as Recurrent;
        _session = OnnxRuntimePeer.Session(recurrent is null
            ? OnnxModel.Write(workload.Net, samples, workload.Parameters)
            : OnnxRecurrentModel.Sequences(workload.Net, samples, workload.Parameters));
        IReadOnlyList<int> shape = recurrent is null ? [samples, .. workload.Net.Layers[0].InputShape] : OnnxRecurrentModel.InputShape(recurrent, samples);
        _inputValues = [.. Enumerable.Range(0, workload.Sets).Select(set => new[] { Value(workload.Inputs.AsMemory(set * workload.SetInputs, workload.SetInputs), shape) })];
        _outputValues = [Value(_outputs, [samples, .. workload.Net.Layers[^1].OutputShape])];
        _bindings = isBound ? [.. _inputValues.Select(input => Bind(input[0]))] : [];
    }

    public string Form => (_workload.Net.Layers[0] is Recurrent r ? r.Cell.ToString().ToUpperInvariant()
        : _workload.Net.Kind == NetKind.Convolutional ? "Conv"
        : "Gemm") + (_isBound ? ", bound" : "");

    /// <summary>A value over an array, which does not move from now on.</summary>
    public static OrtValue Value(Memory<float> memory, IReadOnlyList<int> shape) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, [.. shape.Select(size => (long)size)]);

    public float[] Outputs()
    {
        float[] all = new float[_workload.Targets.Length];
        for (int set = 0; set < _workload.Sets; set++)
        {
            Run(set, 1);
            _outputs.CopyTo(all, set * _workload.SetTargets);
        }

        return all;
    }

    public float[] ParametersAfterStep(float learningRate) => throw new NotSupportedException();

    public double Time(long calls)
    {
        long start = Stopwatch.GetTimestamp();
        Run(0, calls);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    public void Dispose()
    {
        foreach (IDisposable item in (IEnumerable<IDisposable>)[.. _bindings, .. _inputValues.SelectMany(v => v), .. _outputValues, _options, _session])
            item.Dispose();
    }

    private OrtIoBinding Bind(OrtValue input)
    {
        OrtIoBinding binding = _session.CreateIoBinding();
        binding.BindInput(OnnxModel.Input, input);
        binding.BindOutput(OnnxModel.Output, _outputValues[0]);
        return binding;
    }

    /// <summary>So many calls on the sets in turn, from this one on.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Run(int set, long calls)
    {
        for (long k = 0; k < calls; k++)
        {
            if (_isBound)
                _session.RunWithBinding(_options, _bindings[set]);
            else
                _session.Run(_options, s_inputNames, _inputValues[set], s_outputNames, _outputValues);
            set = set + 1 == _workload.Sets ? 0 : set + 1;
        }
    }
}
