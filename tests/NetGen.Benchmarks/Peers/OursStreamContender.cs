using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.Benchmarks;

/// <summary><c>Step</c> of a generated class, with the state in this object.</summary>
internal sealed class OursStreamContender<TNet> : IContender where TNet : struct, IGeneratedStream
{
    private readonly Workload _workload;
    private readonly TNet _network = new();
    private readonly float[] _state = new float[TNet.StateSize];
    private readonly float[] _output = new float[1];
    private readonly float[] _scratch = new float[TNet.ScratchSize];
    private float _consumed;

    public OursStreamContender(Workload workload)
    {
        _workload = workload;
        int[] places = ParameterPlaces.Of(TNet.ParameterTable);
        for (int k = 0; k < places.Length; k++)
            _network.Parameters[places[k]] = workload.Parameters[k];
    }

    public string Form => "Step";

    public float[] Outputs()
    {
        Array.Clear(_state);
        float[] all = new float[_workload.Sets];
        for (int step = 0; step < all.Length; step++)
        {
            TNet.Step(_network.Parameters, _workload.Inputs.AsSpan(step * _workload.SetInputs, _workload.SetInputs), _state, _output, _scratch);
            all[step] = _output[0];
        }

        return all;
    }

    public float[] ParametersAfterStep(float learningRate) => throw new NotSupportedException();

    public double Time(long calls)
    {
        Array.Clear(_state);
        long start = Stopwatch.GetTimestamp();
        float consumed = Steps(calls);
        double time = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        _consumed += consumed;
        GC.KeepAlive(_consumed);
        return time;
    }

    public void Dispose()
    {
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private float Steps(long calls)
    {
        ReadOnlySpan<float> inputs = _workload.Inputs, parameters = _network.Parameters;
        Span<float> state = _state, output = _output, scratch = _scratch;
        int size = _workload.SetInputs, end = _workload.Sets * size, at = 0;
        float sum = 0;
        for (long k = 0; k < calls; k++)
        {
            TNet.Step(parameters, inputs.Slice(at, size), state, output, scratch);
            sum += output[0];
            at = at + size == end ? 0 : at + size;
        }

        return sum;
    }
}
