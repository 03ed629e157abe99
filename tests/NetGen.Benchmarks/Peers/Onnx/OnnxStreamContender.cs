using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.CompilerServices;

namespace NetGen.Benchmarks;

/// <summary>
/// A session of ONNX Runtime that takes one time step a call. The state is in two places of the caller's, of which calls read
/// one and write the other in turn.
/// </summary>
internal sealed unsafe class OnnxStreamContender : IContender
{
    private readonly OnnxApi _api;
    private readonly Workload _workload;
    private readonly Recurrent _layer;
    private readonly NativeFloats _inputs, _output, _state;
    private readonly nint _session, _outputValue;
    private readonly nint[] _steps;

    /// <summary>The values of both places' parts.</summary>
    private readonly nint[] _places;

    private readonly int _parts;
    private readonly NativeNames _inputNames, _outputNames;

    public OnnxStreamContender(OnnxApi api, Workload workload)
    {
        _api = api;
        _workload = workload;
        _layer = (Recurrent)workload.Net.Layers[0];
        _parts = OnnxRecurrentModel.StateParts(_layer);
        _inputs = new NativeFloats(workload.Inputs);
        _output = new NativeFloats(new float[1]);
        _state = new NativeFloats(new float[2 * _parts * _layer.Units]);
        _session = api.Session(OnnxRecurrentModel.Stream(workload.Net, workload.Parameters));
        _steps = [.. Enumerable.Range(0, workload.Sets).Select(step => api.Value(_inputs.Pointer + step * workload.SetInputs, [1, 1, _layer.Features]))];
        _places = [.. Enumerable.Range(0, 2 * _parts).Select(k => api.Value(_state.Pointer + k * _layer.Units, OnnxRecurrentModel.StateShape(_layer)))];
        _outputValue = api.Value(_output.Pointer, [1, 1]);
        _inputNames = new NativeNames([OnnxModel.Input, .. OnnxRecurrentModel.StateInputs.Take(_parts)]);
        _outputNames = new NativeNames([OnnxModel.Output, .. OnnxRecurrentModel.StateOutputs.Take(_parts)]);
    }

    public string Form => $"{_layer.Cell.ToString().ToUpperInvariant()} of one step";

    public float[] Outputs()
    {
        _state.Span.Clear();
        float[] all = new float[_workload.Targets.Length];
        for (int step = 0; step < _workload.Sets; step++)
        {
            Run(step, 1);
            all[step] = _output.Span[0];
        }

        return all;
    }

    public float[] ParametersAfterStep(float learningRate) => throw new NotSupportedException();

    public double Time(long calls)
    {
        _state.Span.Clear();
        long start = Stopwatch.GetTimestamp();
        Run(0, calls);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    public void Dispose()
    {
        _api.ReleaseModel(_session);
        foreach (nint value in (IEnumerable<nint>)[.. _steps, .. _places, _outputValue])
            _api.ReleaseTensor(value);
        _inputs.Dispose();
        _output.Dispose();
        _state.Dispose();
        _inputNames.Dispose();
        _outputNames.Dispose();
    }

    /// <summary>So many steps of the sequence, from this one on; an even one reads the first place.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Run(int step, long calls)
    {
        const int Most = 3;
        nint* reads = stackalloc nint[Most], writes = stackalloc nint[Most];
        writes[0] = _outputValue;
        int parity = step % 2;
        for (long k = 0; k < calls; k++)
        {
            reads[0] = _steps[step];
            for (int part = 0; part < _parts; part++)
            {
                reads[1 + part] = _places[parity * _parts + part];
                writes[1 + part] = _places[(1 - parity) * _parts + part];
            }

            _api.Run(_session, 1 + _parts, _inputNames.Pointer, reads, _outputNames.Pointer, writes);
            parity = 1 - parity;
            step = step + 1 == _workload.Sets ? 0 : step + 1;
        }
    }
}
