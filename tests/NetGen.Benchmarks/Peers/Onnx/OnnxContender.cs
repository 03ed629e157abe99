using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.CompilerServices;

namespace NetGen.Benchmarks;

/// <summary>A session of ONNX Runtime, whose inputs and outputs are made once, over memory that does not move.</summary>
internal sealed unsafe class OnnxContender : IContender
{
    private readonly OnnxApi _api;
    private readonly Workload _workload;
    private readonly NativeFloats _inputs, _outputs;
    private readonly nint _session, _output;
    private readonly nint[] _input;

    public OnnxContender(OnnxApi api, Workload workload)
    {
        _api = api;
        _workload = workload;
        _inputs = new NativeFloats(workload.Inputs);
        _outputs = new NativeFloats(new float[workload.SetTargets]);
        int samples = workload.Task.Samples;
        Recurrent? recurrent = workload.Net.Layers[0] as Recurrent;
        _session = api.Session(recurrent is null
            ? OnnxModel.Write(workload.Net, samples, workload.Parameters)
            : OnnxRecurrentModel.Sequences(workload.Net, samples, workload.Parameters));
        IReadOnlyList<int> shape = recurrent is null ? [samples, .. workload.Net.Layers[0].InputShape] : OnnxRecurrentModel.InputShape(recurrent, samples);
        _input = [.. Enumerable.Range(0, workload.Sets).Select(set => api.Value(_inputs.Pointer + set * workload.SetInputs, shape))];
        _output = api.Value(_outputs.Pointer, [samples, .. workload.Net.Layers[^1].OutputShape]);
    }

    public string Form => _workload.Net.Layers[0] is Recurrent r ? r.Cell.ToString().ToUpperInvariant()
        : _workload.Net.Kind == NetKind.Convolutional ? "Conv"
        : "Gemm";

    public float[] Outputs()
    {
        float[] all = new float[_workload.Targets.Length];
        for (int set = 0; set < _workload.Sets; set++)
        {
            Run(set, 1);
            _outputs.Span.CopyTo(all.AsSpan(set * _workload.SetTargets));
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
        _api.ReleaseModel(_session);
        foreach (nint input in _input)
            _api.ReleaseTensor(input);
        _api.ReleaseTensor(_output);
        _inputs.Dispose();
        _outputs.Dispose();
    }

    /// <summary>So many calls on the sets in turn, from this one on.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Run(int set, long calls)
    {
        byte* x = stackalloc byte[] { (byte)OnnxModel.Input[0], 0 }, y = stackalloc byte[] { (byte)OnnxModel.Output[0], 0 };
        nint output = _output;
        fixed (nint* inputs = _input)
        {
            for (long k = 0; k < calls; k++)
            {
                _api.Run(_session, 1, &x, inputs + set, &y, &output);
                set = set + 1 == _workload.Sets ? 0 : set + 1;
            }
        }
    }
}
