using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.CompilerServices;
using NetGen.Compiler.Targets;
using NetGen.Models;
using NetGen.Testing.Generated;

namespace NetGen.Benchmarks;

/// <summary>Generated code: <c>Forward</c> of one sample, or <c>Step</c>.</summary>
internal sealed class OursGalleryRun : IGalleryRun
{
    private readonly GeneratedAssembly _assembly;
    private readonly GeneratedNetwork _network;
    private readonly float[] _parameters, _inputs, _output, _state, _scratch;
    private readonly bool _isStep;
    private readonly int _inputSize;

    public OursGalleryRun(string spec, NetworkWeights weights, float[] inputs, bool isStep)
    {
        // As in a project; integers are checked in tests alone.
        Dictionary<string, string> sources = new() { ["Net"] = GeneratedAssembly.Emit("Net", spec, Target.Net10) };
        _assembly = GeneratedAssembly.FromSources(sources, Target.Net10, checksOverflow: false);
        _network = _assembly["Net"];
        (_isStep, _inputs) = (isStep, inputs);
        _parameters = _network.Pack(weights.Tensors.ToDictionary(static t => t.Key, static t => Array.ConvertAll(t.Value.Values, static v => (double)v)));
        _inputSize = isStep ? _network.StepInputSize : _network.InputSize;
        _output = new float[isStep ? _network.StepOutputSize : _network.OutputSize];
        _state = new float[isStep ? _network.StateSize ?? throw new InvalidOperationException("the network has no steps") : 0];
        _scratch = new float[_network.ScratchSize];
    }

    public int ParameterCount => _network.ParameterCount;

    private int Samples => _inputs.Length / _inputSize;

    public float[] Outputs()
    {
        List<float> outputs = [];
        Array.Clear(_state);
        for (int sample = 0; sample < Samples; sample++)
        {
            Run(sample, 1);
            outputs.AddRange(_output);
        }

        return [.. outputs];
    }

    public double Time(long calls)
    {
        Array.Clear(_state);
        long start = Stopwatch.GetTimestamp();
        Run(0, calls);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    public void Dispose() => _assembly.Dispose();

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Run(int sample, long calls)
    {
        for (long k = 0; k < calls; k++)
        {
            ReadOnlySpan<float> input = _inputs.AsSpan(sample * _inputSize, _inputSize);
            if (_isStep)
                _network.Step(_parameters, input, _state, _output, _scratch);
            else
                _network.Forward(_parameters, input, _output, _scratch);
            sample = sample + 1 == Samples ? 0 : sample + 1;
        }
    }
}
