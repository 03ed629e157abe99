using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.ML.OnnxRuntime;

namespace NetGen.Benchmarks;

/// <summary>
/// A session of ONNX Runtime that takes one time step a call. The state is in two places of the caller's, of which calls read
/// one and write the other in turn.
/// </summary>
internal sealed class OnnxStreamContender : IContender
{
    private readonly Workload _workload;
    private readonly Recurrent _layer;
    private readonly float[] _output = new float[1];
    private readonly float[] _state;
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly OrtValue _outputValue;
    private readonly OrtValue[] _steps;

    /// <summary>The values of both places' parts.</summary>
    private readonly OrtValue[] _places;

    private readonly int _parts;
    private readonly string[] _inputNames, _outputNames;

    /// <summary>What a call reads and writes: the step and a place, the output and the other place.</summary>
    private readonly OrtValue[] _reads, _writes;

    public OnnxStreamContender(Workload workload)
    {
        _workload = workload;
        _layer = (Recurrent)workload.Net.Layers[0];
        _parts = OnnxRecurrentModel.StateParts(_layer);
        _state = new float[2 * _parts * _layer.Units];
        _session = OnnxRuntimePeer.Session(OnnxRecurrentModel.Stream(workload.Net, workload.Parameters));
        _steps = [.. Enumerable.Range(0, workload.Sets).Select(
            step => OnnxContender.Value(workload.Inputs.AsMemory(step * workload.SetInputs, workload.SetInputs), [1, 1, _layer.Features]))];
        _places = [.. Enumerable.Range(0, 2 * _parts).Select(
            k => OnnxContender.Value(_state.AsMemory(k * _layer.Units, _layer.Units), OnnxRecurrentModel.StateShape(_layer)))];
        _outputValue = OnnxContender.Value(_output, [1, 1]);
        _inputNames = [OnnxModel.Input, .. OnnxRecurrentModel.StateInputs.Take(_parts)];
        _outputNames = [OnnxModel.Output, .. OnnxRecurrentModel.StateOutputs.Take(_parts)];
        _reads = new OrtValue[1 + _parts];
        _writes = new OrtValue[1 + _parts];
        _writes[0] = _outputValue;
    }

    public string Form => $"{_layer.Cell.ToString().ToUpperInvariant()} of one step";

    public float[] Outputs()
    {
        Array.Clear(_state);
        float[] all = new float[_workload.Targets.Length];
        for (int step = 0; step < _workload.Sets; step++)
        {
            Run(step, 1);
            all[step] = _output[0];
        }

        return all;
    }

    public float[] ParametersAfterStep(float learningRate) => throw new NotSupportedException();

    public double Time(long calls)
    {
        Array.Clear(_state);
        long start = Stopwatch.GetTimestamp();
        Run(0, calls);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    public void Dispose()
    {
        foreach (IDisposable item in (IEnumerable<IDisposable>)[.. _steps, .. _places, _outputValue, _options, _session])
            item.Dispose();
    }

    /// <summary>So many steps of the sequence, from this one on; an even one reads the first place.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Run(int step, long calls)
    {
        int parity = step % 2;
        for (long k = 0; k < calls; k++)
        {
            _reads[0] = _steps[step];
            for (int part = 0; part < _parts; part++)
            {
                _reads[1 + part] = _places[parity * _parts + part];
                _writes[1 + part] = _places[(1 - parity) * _parts + part];
            }

            _session.Run(_options, _inputNames, _reads, _outputNames, _writes);
            parity = 1 - parity;
            step = step + 1 == _workload.Sets ? 0 : step + 1;
        }
    }
}
